package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The steady state is being measured; nothing is injected before it is judged.
 *
 * @param plan what is carried out
 * @param judgedBy when the verdict counts as silent
 */
public record Baselining(RunPlanned plan, Instant judgedBy) implements RunState.UnderWay {

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(judgedBy);
  }

  Decision steady(Moment at) {
    return InStep.begin(plan, 0, at);
  }

  Decision probeGone(Ending.Aborted why, Moment at) {
    return Closing.end(plan, why, List.of(), at);
  }

  Decision abort(Ending.Aborted why, Moment at) {
    return Closing.stop(plan, why, List.of(), at);
  }

  Decision tick(Moment at) {
    return at.reached(judgedBy)
        ? abort(
            new Ending.Aborted(
                Cause.AGENT_SILENT,
                "the baseline was not judged within "
                    + GoDuration.format(at.timeouts().baselineVerdict())
                    + " of its end: is the verdict service running?"),
            at)
        : Decision.stay(this);
  }
}
