package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The probe was told to start and has not answered.
 *
 * @param plan what is carried out
 * @param answerBy when the probe counts as silent
 */
public record Starting(RunPlanned plan, Instant answerBy) implements RunState.UnderWay {

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(answerBy);
  }

  Decision probeAsks(Moment at) {
    return Decision.to(
        new Baselining(
            plan,
            at.after(plan.experiment().spec().baseline().plus(at.timeouts().baselineVerdict()))));
  }

  Decision probeGone(Ending.Aborted why, Moment at) {
    return Closing.end(plan, why, List.of(), at);
  }

  /** The verdict's topic may be read before the probe's: a judged baseline was begun. */
  Decision steady(Moment at) {
    return InStep.begin(plan, 0, at);
  }

  Decision abort(Ending.Aborted why, Moment at) {
    return Closing.stop(plan, why, List.of(), at);
  }

  Decision tick(Moment at) {
    if (!at.reached(answerBy)) {
      return Decision.stay(this);
    }
    Ending.Aborted silent =
        new Ending.Aborted(
            Cause.AGENT_SILENT,
            "the probe of cluster "
                + plan.run().cluster()
                + " did not answer probe.start within "
                + GoDuration.format(at.timeouts().probeStart()));
    // Nobody there to wait for; should it start late, the order to stop is already behind the
    // other.
    return Closing.end(plan, silent, List.of(), at)
        .afterwards(List.of(new Effect.EmitCommand(Orders.stopProbe(plan))));
  }
}
