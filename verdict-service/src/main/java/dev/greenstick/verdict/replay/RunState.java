package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.verdict.history.FaultSpan;
import dev.greenstick.verdict.history.Indices;
import dev.greenstick.verdict.history.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run as it was after one of its events.
 *
 * @param run the run
 * @param event the last event that counts
 * @param events how many events count
 * @param all how many events the whole history has
 * @param ended whether the run had ended
 * @param faults its faults as far as they were known
 * @param windows the windows of each probe that were there
 * @param lacking what the history lacked to be judged
 * @param baseline how the baseline was to be judged; left out as long as it was not over
 * @param facts every fact that was known
 * @param judgements what each assertion came to by these facts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunState(
    RunRef run,
    LastEvent event,
    int events,
    int all,
    boolean ended,
    List<FaultSpan> faults,
    Map<ProbeName, Indices> windows,
    List<String> lacking,
    BaselineJudged baseline,
    Map<String, Double> facts,
    List<Judgement> judgements) {

  public RunState {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(event, "event");
    faults = List.copyOf(faults);
    windows = Map.copyOf(windows);
    lacking = List.copyOf(lacking);
    facts = Map.copyOf(facts);
    judgements = List.copyOf(judgements);
  }

  /**
   * @param type its CloudEvents type
   * @param id its CloudEvents id
   * @param time its time
   * @param origin where it lies
   */
  public record LastEvent(String type, String id, Instant time, Origin origin) {}
}
