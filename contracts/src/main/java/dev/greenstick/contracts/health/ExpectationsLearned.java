package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A probe has learned in the baseline what is right: from now on its predictions are held against
 * that. Requests that are neither learned nor unstable were not answered in the baseline and are
 * not judged.
 *
 * @param run the run
 * @param probe the probe
 * @param learnedAt the end of the baseline
 * @param requests how many requests the probe has
 * @param learned what was answered, and the same each time
 * @param unstable requests whose answers differed already in the baseline, and are not judged
 */
@EventType("dev.greenstick.probe.expectations-learned.v1")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExpectationsLearned(
    RunRef run,
    ProbeName probe,
    Instant learnedAt,
    int requests,
    @MayBeMissing List<Learned> learned,
    @MayBeMissing List<Unstable> unstable)
    implements HealthEvent {

  public ExpectationsLearned {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(learnedAt, "learnedAt");
    learned = learned == null ? List.of() : List.copyOf(learned);
    unstable = unstable == null ? List.of() : List.copyOf(unstable);
  }

  @Override
  public String identity() {
    return probe.value();
  }

  /**
   * What is right for a request.
   *
   * @param request its position among the probe's requests, from 0
   * @param expect the prediction, in the form of a request's {@code expect}
   */
  public record Learned(int request, JsonNode expect) {

    public Learned {
      Objects.requireNonNull(expect, "expect");
    }
  }

  /**
   * A request that cannot be judged.
   *
   * @param request its position among the probe's requests, from 0
   * @param detail how its answers differed, in one bounded line
   */
  public record Unstable(int request, String detail) {

    public Unstable {
      Objects.requireNonNull(detail, "detail");
    }
  }
}
