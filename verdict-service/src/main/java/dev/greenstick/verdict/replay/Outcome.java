package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.util.List;
import java.util.Objects;

/**
 * What came of one run.
 *
 * @param run the run
 * @param status how what is judged now compares with what is recorded
 * @param recorded the recorded verdict's outcome; left out where none is recorded
 * @param replayed the outcome of judging again; left out where that was not possible
 * @param differences where the two differ; only of {@link Status#DIFFERENT}
 * @param remark why it could not be judged, or what is to be known besides; left out for nothing
 * @param verdict the verdict that was reached again, where its outcome or bytes are other ones
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Outcome(
    RunRef run,
    Status status,
    VerdictReached.Outcome recorded,
    VerdictReached.Outcome replayed,
    List<Difference> differences,
    String remark,
    VerdictReached verdict) {

  public Outcome {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(status, "status");
    differences = differences == null ? List.of() : List.copyOf(differences);
  }

  /** How it compares. */
  public enum Status {
    /** Verified: the same verdict, byte for byte. */
    @JsonProperty("identical")
    IDENTICAL,
    /** Verified: another verdict than the recorded one, or a second one. */
    @JsonProperty("different")
    DIFFERENT,
    /** The evidence that the verdict names is not there any more, or not selected. */
    @JsonProperty("not-whole")
    NOT_WHOLE,
    /** The run has ended and no verdict on it is recorded. */
    @JsonProperty("no-verdict")
    NO_VERDICT,
    /** The run had not ended where history ends, or never was planned. */
    @JsonProperty("not-ended")
    NOT_ENDED,
    /** The run did not take place, so that there is nothing to judge. */
    @JsonProperty("skipped")
    SKIPPED,
    /** Judged again: the outcome is the recorded one. */
    @JsonProperty("unchanged")
    UNCHANGED,
    /** Judged again: the outcome is another one. */
    @JsonProperty("changed")
    CHANGED,
    /** Judged again, and no verdict is recorded to compare with. */
    @JsonProperty("new")
    NEW
  }
}
