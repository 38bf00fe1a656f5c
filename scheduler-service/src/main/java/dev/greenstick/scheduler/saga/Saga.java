package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.scheduler.saga.Signal.Abort;
import dev.greenstick.scheduler.saga.Signal.BaselineSteady;
import dev.greenstick.scheduler.saga.Signal.FaultBegan;
import dev.greenstick.scheduler.saga.Signal.FaultEnded;
import dev.greenstick.scheduler.saga.Signal.FaultSpoiled;
import dev.greenstick.scheduler.saga.Signal.Planned;
import dev.greenstick.scheduler.saga.Signal.ProbeAsks;
import dev.greenstick.scheduler.saga.Signal.ProbeEnded;
import dev.greenstick.scheduler.saga.Signal.ProbeTurnedDown;
import dev.greenstick.scheduler.saga.Signal.Skipped;
import dev.greenstick.scheduler.saga.Signal.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The table of every signal in every state. Signals come from several topics, so in any order, late
 * and twice; what a state has no use for leaves it as it is. Pure: neither clock nor memory.
 */
public final class Saga {

  private final Timeouts timeouts;

  /** A saga that waits so long and no longer. */
  public Saga(Timeouts timeouts) {
    this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
  }

  /**
   * What follows from {@code signal} at {@code now}, by the scheduler's clock. The one timer of a
   * run is always at its state's {@link RunState#wakeUp()}.
   */
  public Decision decide(RunState state, Signal signal, Instant now) {
    Decision decision = transition(state, signal, new Moment(now, timeouts));
    return new Decision(
        decision.state(), withTimer(decision.effects(), state.wakeUp(), decision.state().wakeUp()));
  }

  private static List<Effect> withTimer(
      List<Effect> effects, Optional<Instant> before, Optional<Instant> after) {
    if (before.equals(after)) {
      return effects;
    }
    List<Effect> all = new ArrayList<>(effects);
    before.map(Effect.CancelTimer::new).ifPresent(all::add);
    after.map(Effect.SetTimer::new).ifPresent(all::add);
    return all;
  }

  private static Decision transition(RunState state, Signal signal, Moment at) {
    return switch (state) {
      case Unplanned unplanned -> in(unplanned, signal, at);
      case Starting starting -> in(starting, signal, at);
      case Baselining baselining -> in(baselining, signal, at);
      case InStep inStep -> in(inStep, signal, at);
      case Recovering recovering -> in(recovering, signal, at);
      case Reverting reverting -> in(reverting, signal, at);
      case Stopping stopping -> in(stopping, signal, at);
      case Ended ended -> in(ended, signal, at);
    };
  }

  private static Decision in(Unplanned state, Signal signal, Moment at) {
    return switch (signal) {
      case Planned planned -> state.planned(planned.plan(), at);
      case Skipped skipped -> state.skipped(skipped.skip(), at);
      case ProbeAsks _, ProbeTurnedDown _, ProbeEnded _, BaselineSteady _ -> Decision.stay(state);
      case FaultBegan _, FaultEnded _, FaultSpoiled _, Abort _, Tick _ -> Decision.stay(state);
    };
  }

  private static Decision in(Starting state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeAsks _ -> state.probeAsks(at);
      case ProbeTurnedDown refused -> state.probeGone(refused(refused), at);
      case ProbeEnded ended -> state.probeGone(early(ended, "in the baseline"), at);
      case BaselineSteady _ -> state.steady(at);
      case Abort abort -> state.abort(abort.why(), at);
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, FaultBegan _, FaultEnded _, FaultSpoiled _ -> Decision.stay(state);
    };
  }

  private static Decision in(Baselining state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeTurnedDown refused -> state.probeGone(refused(refused), at);
      case ProbeEnded ended -> state.probeGone(early(ended, "in the baseline"), at);
      case BaselineSteady _ -> state.steady(at);
      case Abort abort -> state.abort(abort.why(), at);
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _ -> Decision.stay(state);
      case FaultBegan _, FaultEnded _, FaultSpoiled _ -> Decision.stay(state);
    };
  }

  private static Decision in(InStep state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeTurnedDown refused -> state.probeGone(refused(refused), at);
      case ProbeEnded ended ->
          state.probeGone(early(ended, "in step " + state.definition().name()), at);
      case FaultBegan began -> state.faultBegan(began.fault(), at);
      case FaultEnded ended -> state.faultEnded(ended.fault(), at);
      case FaultSpoiled spoiled -> state.faultSpoiled(spoiled.fault(), spoiled.why(), at);
      case Abort abort -> state.abort(abort.why(), at);
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _, BaselineSteady _ -> Decision.stay(state);
    };
  }

  private static Decision in(Recovering state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeTurnedDown refused -> state.probeGone(refused(refused), at);
      case ProbeEnded ended -> state.probeGone(early(ended, "in the recovery"), at);
      case Abort abort -> state.abort(abort.why(), at);
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _, BaselineSteady _ -> Decision.stay(state);
      case FaultBegan _, FaultEnded _, FaultSpoiled _ -> Decision.stay(state);
    };
  }

  private static Decision in(Reverting state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeTurnedDown _, ProbeEnded _ -> state.probeGone();
      case FaultEnded ended -> state.faultEnded(ended.fault(), at);
      case FaultSpoiled spoiled -> state.faultEnded(spoiled.fault(), at);
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _, BaselineSteady _ -> Decision.stay(state);
      case FaultBegan _, Abort _ -> Decision.stay(state);
    };
  }

  private static Decision in(Stopping state, Signal signal, Moment at) {
    return switch (signal) {
      case ProbeTurnedDown _, ProbeEnded _ -> state.probeGone(at);
      case FaultEnded ended -> state.faultEnded(ended.fault());
      case FaultSpoiled spoiled -> state.faultEnded(spoiled.fault());
      case Abort abort -> state.abort(abort.why());
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _, BaselineSteady _ -> Decision.stay(state);
      case FaultBegan _ -> Decision.stay(state);
    };
  }

  private static Decision in(Ended state, Signal signal, Moment at) {
    return switch (signal) {
      case Tick _ -> state.tick(at);
      case Planned _, Skipped _, ProbeAsks _, ProbeTurnedDown _ -> Decision.stay(state);
      case ProbeEnded _, BaselineSteady _, FaultBegan _, FaultEnded _ -> Decision.stay(state);
      case FaultSpoiled _, Abort _ -> Decision.stay(state);
    };
  }

  private static Ending.Aborted refused(ProbeTurnedDown refused) {
    return new Ending.Aborted(
        Cause.PROBE_REFUSED, "the probe refused to start: " + refused.reason());
  }

  private static Ending.Aborted early(ProbeEnded ended, String where) {
    return new Ending.Aborted(
        Cause.AGENT_SILENT, "the probe stopped asking " + where + " because " + ended.why());
  }
}
