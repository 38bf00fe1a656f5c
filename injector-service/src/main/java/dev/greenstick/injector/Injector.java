package dev.greenstick.injector;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.command.Decision;
import dev.greenstick.injector.command.Decision.Why;
import dev.greenstick.injector.command.Decisions;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.ledger.Ending;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import dev.greenstick.injector.ledger.Order;
import dev.greenstick.injector.ledger.Plan;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Fence;
import dev.greenstick.injector.safety.Halts;
import dev.greenstick.injector.safety.Limits;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The front door: accept, choose, record intent, apply, emit, revert.
 *
 * <p>A command is taken on once its intent is in the ledger; from then on {@link Progress} moves
 * the fault to its end, whatever dies meanwhile: every step can be done again, and the ledger says
 * which is next.
 */
public final class Injector {

  /** More victims than this do not fit a ledger entry. */
  static final int MOST_VICTIMS = 1_000;

  private static final int ATTEMPTS = 5;
  private static final Logger LOG = Logger.getLogger(Injector.class);

  private final Decisions decisions;
  private final Guard guard;
  private final Drivers drivers;
  private final Ledger ledger;
  private final Outlet outlet;
  private final InstantSource clock;
  private final Figures figures;
  private final Progress progress;
  private final Sweep sweep;
  private final BooleanSupplier leads;
  private final boolean dryRun;
  private volatile boolean stopping;

  /**
   * @param executor runs what blocks on the cluster; never on the caller's thread
   * @param leads whether this injector leads now; one that does not does nothing
   * @param dryRun whether every fault is only checked and its victims told
   */
  public Injector(
      Decisions decisions,
      Fence fence,
      Limits limits,
      Drivers drivers,
      Pods pods,
      Ledger ledger,
      Outlet outlet,
      Alarm alarm,
      Executor executor,
      InstantSource clock,
      Figures figures,
      BooleanSupplier leads,
      boolean dryRun) {
    this.decisions = decisions;
    this.guard = new Guard(fence, limits, drivers, pods, ledger);
    this.drivers = drivers;
    this.ledger = ledger;
    this.outlet = outlet;
    this.clock = clock;
    this.figures = figures;
    this.leads = leads;
    this.dryRun = dryRun;
    this.progress =
        new Progress(drivers, guard, ledger, outlet, alarm, executor, clock, figures, leads);
    this.sweep =
        new Sweep(progress, fence, drivers, pods, ledger, decisions.memory(), clock, figures);
  }

  /** Whether a command was put into this cluster's topic by mistake; it must not be accepted. */
  public boolean misrouted(Command command) {
    return decisions.misrouted(command);
  }

  /**
   * Takes a command on. When this returns, the command need not be delivered again: what it asks
   * for is in the ledger, or needs nothing. Blocks; commands of one run must come in their order.
   *
   * @throws ClusterException when it could not be recorded: deliver it again
   * @throws java.util.concurrent.CompletionException when a conflict could not be told to Kafka:
   *     deliver it again
   */
  public void accept(Command command) {
    switch (command) {
      case ProbeStart start -> figures.ignored(Why.NOT_FOR_INJECTORS);
      case ProbeStop stop -> figures.ignored(Why.NOT_FOR_INJECTORS);
      case FaultInject inject -> accept(inject.fault(), inject);
      case FaultRevert revert -> accept(revert.fault(), revert);
    }
  }

  private void accept(FaultId fault, Command command) {
    Timer.Sample sinceRead = figures.commandRead();
    progress.locked(
        fault,
        tracked -> {
          if (stopping || !leads.getAsBoolean()) {
            throw ClusterException.unavailable(
                "command %s is left to the next injector: this one %s"
                    .formatted(command.command(), stopping ? "stops" : "does not lead"),
                null);
          }
          for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Decision decision = decisions.on(command, tracked.known(), clock.instant());
            if (carryOut(decision, tracked, sinceRead)) {
              progress.advanceSoon(fault);
              return null;
            }
            // The ledger knows more than this instance did: decide again on what it holds.
            progress.reload(tracked);
          }
          throw ClusterException.unavailable(
              "ledger entry of fault %s changed under each of %d attempts to record command %s"
                  .formatted(fault, ATTEMPTS, command.command()),
              null);
        });
  }

  /** Carries out a decision; false when the ledger turned out to hold something else. */
  private boolean carryOut(Decision decision, Tracked tracked, Timer.Sample sinceRead) {
    return switch (decision) {
      case Decision.Inject inject -> {
        boolean recorded = inject(inject.command(), tracked);
        tracked.sinceRead = tracked.seen == null ? null : sinceRead;
        yield recorded;
      }
      case Decision.Refuse refuse ->
          refuse(refuse.command(), List.of(new Problem("", refuse.reason())), tracked);
      case Decision.Undo undo -> write(tracked.entry().in(undo.next()), tracked);
      case Decision.Bar bar -> write(barred(bar.command()), tracked);
      case Decision.Conflict conflict -> {
        CompletableFuture<Void> told = outlet.emit(conflict.event()).toCompletableFuture();
        told.join();
        figures.conflicted();
        yield true;
      }
      case Decision.Ignore ignore -> {
        figures.ignored(ignore.why());
        yield true;
      }
    };
  }

  private Entry barred(FaultRevert revert) {
    return new Entry(
        revert.fault(), revert.run(), null, new State.Barred(revert.reason(), clock.instant()));
  }

  private boolean inject(FaultInject command, Tracked tracked) {
    Fault spec = command.spec();
    List<Problem> problems = new ArrayList<>();
    progress
        .halted(command.run())
        .ifPresent(why -> problems.add(new Problem("", why + "; lift it first")));
    List<Problem> ofTheSpec = guard.problems(spec);
    problems.addAll(ofTheSpec);
    List<Entry> atWork = guard.atWork(command.fault());
    problems.addAll(guard.tooMany(atWork));
    List<Pod> candidates = List.of();
    List<Victim> victims = List.of();
    // Beyond the fence nothing is even looked at.
    if (ofTheSpec.isEmpty()) {
      try {
        candidates = guard.candidates(spec.selector());
        if (candidates.isEmpty()) {
          problems.add(nobody(spec));
        } else {
          victims =
              drivers.of(spec).choose(candidates, Choice.seed(command.run().id(), command.fault()));
          problems.addAll(guard.problems(spec, candidates, victims, atWork));
        }
      } catch (ClusterException e) {
        if (e.passing()) {
          throw e;
        }
        problems.add(new Problem("selector", e.getMessage()));
      }
    }
    if (victims.size() > MOST_VICTIMS) {
      problems.add(tooMany(victims.size()));
    }
    if (!problems.isEmpty()) {
      return refuse(command, problems, tracked);
    }
    if (dryRun || command.isDry()) {
      return rehearse(command, candidates.size(), victims, tracked);
    }
    Instant startedAt = clock.instant();
    Plan plan = new Plan(victims, candidates.size(), startedAt, startedAt.plus(spec.duration()));
    Entry intent =
        new Entry(command.fault(), command.run(), Order.of(command), new State.Intended(plan));
    if (!write(intent, tracked)) {
      return false;
    }
    tracked.seen =
        candidates.stream()
            .filter(pod -> plan.pods().contains(pod.ref()))
            .collect(Collectors.toMap(Pod::ref, Function.identity()));
    return true;
  }

  private boolean rehearse(
      FaultInject command, int candidates, List<Victim> victims, Tracked tracked) {
    FaultRehearsed rehearsed =
        new FaultRehearsed(
            command.run(),
            command.fault(),
            command.step(),
            command.spec(),
            candidates,
            victims.stream().map(Victim::pod).toList(),
            drivers.of(command.spec()).method(victims),
            command.isDry()
                ? "the experiment says dryRun: true"
                : "the injector is set to greenstick.injector.dry-run=true");
    return write(
        new Entry(
            command.fault(), command.run(), Order.of(command), new State.Ended(null, rehearsed)),
        tracked);
  }

  private boolean refuse(FaultInject command, List<Problem> problems, Tracked tracked) {
    FaultRefused refused =
        new FaultRefused(command.run(), command.fault(), command.step(), problems);
    return write(
        new Entry(
            command.fault(), command.run(), Order.of(command), new State.Ended(null, refused)),
        tracked);
  }

  /** Writes an entry over the one that is known, or as the first; false when neither holds. */
  private boolean write(Entry entry, Tracked tracked) {
    Optional<Recorded> written =
        tracked.recorded() == null
            ? ledger.create(entry)
            : ledger.replace(tracked.recorded(), entry);
    written.ifPresent(tracked::record);
    return written.isPresent();
  }

  private Problem nobody(Fault spec) {
    return new Problem(
        "selector",
        "no pod that is not terminating matches it in %s: %s"
            .formatted(String.join(", ", guard.namespaces(spec)), Wording.of(spec.selector())));
  }

  private static Problem tooMany(int chosen) {
    return new Problem(
        "mode",
        "chooses %d pods, and one fault may hit at most %d: narrow the selector or lower the value"
            .formatted(chosen, MOST_VICTIMS));
  }

  /**
   * Finishes what this or another instance left behind: entries past their deadline, held pods
   * without an entry. To be called at start and every minute. Blocks.
   *
   * @return whether everything could be looked at; if not, sweep again soon
   */
  public boolean sweep() {
    return !leads.getAsBoolean() || sweep.run();
  }

  /**
   * Leaves everything to another injector, because that one leads from now on, or will; takes on no
   * command until it leads again. To be called once it does not lead. Returns at once.
   */
  public void standDown() {
    progress.forgetAll();
  }

  /**
   * The kill switch as it stands from now on: what it stops is reverted at once, and what comes
   * after is refused. Until it is called for the first time nothing is injected. Returns at once.
   */
  public void halts(Halts next) {
    progress.halts(next);
  }

  /**
   * Takes on no command any more, because the process is told to stop and another injector stands
   * by, which goes on with all faults. To be followed by giving up the lead.
   */
  public void handOver() {
    stopping = true;
  }

  /**
   * Lets go of everything, because the process is told to stop and nobody may be there to do it
   * later; takes on no command any more.
   *
   * @return completes when everything is undone and told; what does not succeed before the process
   *     ends is left to the next start
   */
  public CompletableFuture<Void> letGo() {
    stopping = true;
    try {
      // It may have begun to lead a moment ago, and not have looked at what it leads.
      ledger.open().forEach(progress::know);
    } catch (ClusterException e) {
      LOG.warnf("what others left behind is left to the next start: %s", e.getMessage());
    }
    return progress.endAll(new Ending.Revert(Cause.HALTED, "the injector was told to stop"));
  }
}
