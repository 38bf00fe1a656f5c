package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.FaultSpan;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.HandedDown;
import java.util.List;

/**
 * All that is to be said of a run at once.
 *
 * @param summary the run in one line
 * @param faults its faults and when they were live
 * @param lacking what its history lacks so that it can be judged; empty once it is, and where the
 *     run was skipped
 * @param baseline how its baseline was judged; left out until then
 * @param breaches the stop conditions that were breached
 * @param verdict the verdict; left out until it is reached
 * @param lateEvents how many events came after the verdict; they do not change it, and the timeline
 *     shows them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
    RunSummary summary,
    List<FaultSpan> faults,
    List<String> lacking,
    BaselineJudged baseline,
    List<StopConditionBreached> breaches,
    VerdictReached verdict,
    int lateEvents) {

  static RunView of(Progress progress, HandedDown handedDown, int late) {
    return new RunView(
        RunSummary.of(progress),
        progress.faults(),
        progress.closed() || progress.skip() != null ? List.of() : progress.lacking(),
        handedDown.baseline(),
        handedDown.breaches(),
        handedDown.verdict(),
        late);
  }
}
