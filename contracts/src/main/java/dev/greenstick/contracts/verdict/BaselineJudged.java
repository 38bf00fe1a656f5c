package dev.greenstick.contracts.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import java.util.List;
import java.util.Objects;

/**
 * The baseline is complete and judged: only a steady one lets a fault be injected.
 *
 * @param run the run
 * @param steadiness the outcome
 * @param judgements one for each assertion on the steady state, in their order
 * @param reason the outcome in one sentence
 */
@EventType("dev.greenstick.verdict.baseline-judged.v1")
public record BaselineJudged(
    RunRef run, Steadiness steadiness, List<Judgement> judgements, String reason)
    implements VerdictEvent {

  public BaselineJudged {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(steadiness, "steadiness");
    judgements = List.copyOf(judgements);
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String identity() {
    return "";
  }

  /** What a baseline may be. */
  public enum Steadiness {
    @JsonProperty("steady")
    STEADY,
    @JsonProperty("unsteady")
    UNSTEADY,
    /** Facts are missing: nothing can be said. */
    @JsonProperty("too-thin")
    TOO_THIN
  }
}
