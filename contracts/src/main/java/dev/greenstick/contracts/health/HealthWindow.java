package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One second of one probe: the predictions whose intended instant lies in it, whenever they were
 * answered. Exactly one for every second, also when nothing answered.
 *
 * @param run the run
 * @param probe the probe
 * @param index counts from 0
 * @param start the second's beginning, included; its end is excluded
 * @param answers how the predictions were answered
 * @param latency HdrHistogram V2, compressed and base64: microseconds from the intended instant to
 *     the whole answer, for every prediction that was answered at all, and the timeout for those
 *     that timed out; refused ones are left out
 * @param labels how often each label was predicted; empty where predictions are no labels
 * @param latenessMicros the most by which the prober sent later than intended, in microseconds: its
 *     own fault
 * @param exemplars a few failures, the first of each kind; bounded and without secrets
 * @param unjudged how many of {@code answers.ok} were held against nothing, because nothing is
 *     expected for their request: they say nothing of correctness
 * @param latencies {@code latency} by how predictions were answered, in the words of {@link
 *     Failure} and {@code ok}; empty where all were answered in one way
 * @param firstToken of predictions that come token by token, in the form of {@code latency}: from
 *     the intended instant to the first token, also of those that timed out after it; missing where
 *     no token came
 * @param late whether {@code latenessMicros} is beyond what the prober's settings allow: what the
 *     window says of latency is then the prober's fault; left out where it is not
 * @param notSent how many of {@code answers.timedOut} were never sent, because the prober was late
 *     by their whole timeout: nobody knows what they would have been answered; left out for none
 */
@EventType("dev.greenstick.health.window.v1")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HealthWindow(
    RunRef run,
    ProbeName probe,
    int index,
    Instant start,
    Answers answers,
    String latency,
    @MayBeMissing Map<String, Long> labels,
    long latenessMicros,
    @MayBeMissing List<Exemplar> exemplars,
    @MayBeMissing Long unjudged,
    @MayBeMissing Map<String, String> latencies,
    @MayBeMissing String firstToken,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_DEFAULT) Boolean late,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_DEFAULT) Long notSent)
    implements HealthEvent {

  /**
   * A window whose prober was in time and judged all right answers, with latencies not told apart.
   */
  public HealthWindow(
      RunRef run,
      ProbeName probe,
      int index,
      Instant start,
      Answers answers,
      String latency,
      Map<String, Long> labels,
      long latenessMicros,
      List<Exemplar> exemplars) {
    this(
        run,
        probe,
        index,
        start,
        answers,
        latency,
        labels,
        latenessMicros,
        exemplars,
        0L,
        Map.of(),
        null,
        false,
        0L);
  }

  public HealthWindow {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(answers, "answers");
    Objects.requireNonNull(latency, "latency");
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    exemplars = exemplars == null ? List.of() : List.copyOf(exemplars);
    latencies = latencies == null ? Map.of() : Map.copyOf(latencies);
    unjudged = unjudged == null ? 0 : unjudged;
    late = late != null && late;
    notSent = notSent == null ? 0 : notSent;
  }

  @Override
  public String identity() {
    return probe.value() + "/" + index;
  }

  /**
   * A failed prediction.
   *
   * @param at its intended instant
   * @param answer how it failed
   * @param detail what was seen, in one bounded line
   */
  public record Exemplar(Instant at, Failure answer, String detail) {

    public Exemplar {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(answer, "answer");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /** The ways in which a prediction fails; see {@link Answers}. */
  public enum Failure {
    @JsonProperty("wrong")
    WRONG,
    @JsonProperty("malformed")
    MALFORMED,
    @JsonProperty("refused")
    REFUSED,
    @JsonProperty("timed-out")
    TIMED_OUT,
    @JsonProperty("server-error")
    SERVER_ERROR,
    @JsonProperty("client-error")
    CLIENT_ERROR
  }
}
