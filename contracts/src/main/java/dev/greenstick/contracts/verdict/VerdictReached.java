package dev.greenstick.contracts.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Hypothesis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The verdict on a run: a pure function of the events in {@code evidence}, so that whoever reads
 * those again reaches it again, byte for byte.
 *
 * @param run the run
 * @param outcome the verdict
 * @param reason the verdict in one sentence
 * @param end how the run ended
 * @param judgements one for each assertion, in their order
 * @param facts every fact of the run that is known, by name; durations in seconds, latencies in
 *     milliseconds
 * @param hypothesis what was judged
 * @param evidence the offsets that it was judged from
 * @param foldVersion the version of the fold and judge that reached it
 * @param lateness when a prober's own lateness spoiled what it measured, as it was set; left out by
 *     versions that did not tell
 */
@EventType("dev.greenstick.verdict.reached.v1")
public record VerdictReached(
    RunRef run,
    Outcome outcome,
    String reason,
    End end,
    List<Judgement> judgements,
    Map<String, Double> facts,
    Hypothesis hypothesis,
    List<OffsetRange> evidence,
    int foldVersion,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_NULL) Lateness lateness)
    implements VerdictEvent {

  public VerdictReached {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(end, "end");
    judgements = List.copyOf(judgements);
    facts = Judgement.finite(facts);
    Objects.requireNonNull(hypothesis, "hypothesis");
    evidence = List.copyOf(evidence);
  }

  @Override
  public String identity() {
    return "";
  }

  /** Three outcomes: too little data is never a confirmation. */
  public enum Outcome {
    @JsonProperty("confirmed")
    CONFIRMED,
    @JsonProperty("refuted")
    REFUTED,
    @JsonProperty("inconclusive")
    INCONCLUSIVE
  }

  /**
   * What is set and not recorded elsewhere, so that the verdict follows from what it names alone.
   *
   * @param bound by how much a prober may send later than intended within a window
   * @param share which share of a phase's windows may be late before its latencies are unknown,
   *     from 0 to 1
   */
  public record Lateness(Duration bound, double share) {

    public Lateness {
      if (bound.isNegative() || !(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "lateness has no bound below 0 and its share is from 0 to 1, but they are "
                + bound
                + " and "
                + share);
      }
    }
  }

  /** How a run can have ended when it is judged. */
  public enum End {
    @JsonProperty("finished")
    FINISHED,
    @JsonProperty("aborted")
    ABORTED,
    /** Nobody told its end before the deadline: what came of the method is not known. */
    @JsonProperty("untold")
    UNTOLD
  }

  /**
   * The events of this run in one partition, from the first to the last that was judged.
   *
   * @param topic the topic
   * @param partition the partition
   * @param from the first event's offset
   * @param to the last event's offset, included
   */
  public record OffsetRange(String topic, int partition, long from, long to) {

    public OffsetRange {
      Objects.requireNonNull(topic, "topic");
    }
  }
}
