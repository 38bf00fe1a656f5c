package dev.greenstick.injector.simulation;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.injector.Figures;
import dev.greenstick.injector.Injector;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.command.Decisions;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.safety.Fence;
import dev.greenstick.injector.safety.Halts;
import dev.greenstick.injector.safety.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A cluster, a Kafka and one injector at a time, whose clock stands still until it is moved. What
 * the injector wants to do later waits in a queue. For one thread.
 */
public final class World {

  public static final Duration MEMORY = Duration.ofHours(1);

  /** What the setting is by default. */
  static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  public static final String PAUSE = "pause:1";
  public static final String TOOL = "tool:1";

  static {
    // Thousands of histories full of mishaps: their warnings would hide everything else.
    Logger.getLogger("dev.greenstick.injector").setLevel(Level.SEVERE);
  }

  private record Alarm(Instant when, long order, Runnable task) {}

  public final SimulatedCluster cluster;
  public final SimulatedContainers containers;
  public final List<FaultEvent> emitted = new ArrayList<>();
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::when).thenComparing(Alarm::order));
  private final Deque<Supplier<?>> late = new ArrayDeque<>();
  private final Pods pods;
  private final Resources resources;
  private final Containers realContainers;
  private final Ledger ledger;
  private final Set<String> namespaces;
  private long order;
  private Instant now = Examples.START;
  private boolean kafkaAway;
  private Supplier<Connection.Mishap> mishaps = () -> Connection.Mishap.NONE;
  private Limits limits = Limits.NONE;
  private Halts halts = Halts.NONE;
  private Optional<StoppedTime> besides = Optional.empty();
  private BooleanSupplier killed = () -> false;
  private boolean leads = true;
  private boolean dryRun;
  private Injector injector;

  /** A world with a cluster in memory. */
  public World(String... namespaces) {
    this(new SimulatedCluster(), namespaces);
  }

  private World(SimulatedCluster cluster, String... namespaces) {
    this(cluster, cluster, cluster, null, cluster, namespaces);
  }

  /** A world with somebody else's cluster; {@link #cluster} is null. */
  public World(
      Pods pods, Resources resources, Containers containers, Ledger ledger, String... namespaces) {
    this(null, pods, resources, containers, ledger, namespaces);
  }

  private World(
      SimulatedCluster cluster,
      Pods pods,
      Resources resources,
      Containers containers,
      Ledger ledger,
      String... namespaces) {
    this.cluster = cluster;
    this.containers = containers == null ? new SimulatedContainers(cluster, () -> now) : null;
    this.realContainers = containers == null ? this.containers : containers;
    this.pods = pods;
    this.resources = resources;
    this.ledger = ledger;
    this.namespaces = Set.of(namespaces);
    restart();
  }

  public Instant now() {
    return now;
  }

  public void kafkaAway(boolean away) {
    kafkaAway = away;
  }

  void mishaps(Supplier<Connection.Mishap> next) {
    mishaps = next;
  }

  /**
   * A cluster that moves by itself when time passes, and where the injector can be killed within a
   * call.
   */
  void besides(StoppedTime cluster, BooleanSupplier killedWithin) {
    besides = Optional.of(cluster);
    killed = killedWithin;
  }

  /** The injector is killed, and a new one starts; it has not swept yet. */
  public void restart() {
    queue.clear();
    alarms.clear();
    Connection connection =
        new Connection(
            pods,
            resources,
            realContainers,
            ledger,
            () -> mishaps.get(),
            () -> killed.getAsBoolean(),
            late);
    injector =
        new Injector(
            new Decisions(Examples.CLUSTER, MEMORY),
            new Fence(namespaces),
            limits,
            new Drivers(connection, connection, connection, PAUSE, TOOL),
            connection,
            connection,
            this::emit,
            (when, task) -> alarms.add(new Alarm(when, order++, task)),
            queue::add,
            () -> now,
            new Figures(new SimpleMeterRegistry()),
            () -> leads,
            dryRun);
    if (halts != null) {
      injector.halts(halts);
    }
  }

  /** Starts anew, with these limits. */
  public void limits(Limits next) {
    limits = next;
    restart();
  }

  /** Starts anew, and only says what it would do. */
  public void dryRun() {
    dryRun = true;
    restart();
  }

  /** Whether the injector leads; when not, it is told so. */
  public void leads(boolean now) {
    leads = now;
    if (!now) {
      injector.standDown();
    }
  }

  /** What the kill switch says; null for an injector that has not heard of it yet. */
  public void halts(Halts next) {
    halts = next;
    if (next == null) {
      restart();
    } else {
      injector.halts(next);
    }
  }

  private CompletionStage<Void> emit(FaultEvent event) {
    if (kafkaAway) {
      return CompletableFuture.failedFuture(new IllegalStateException("simulated: no Kafka"));
    }
    emitted.add(event);
    return CompletableFuture.completedFuture(null);
  }

  /** Delivers a command; false when it must be delivered again. */
  public boolean deliver(Command command) {
    try {
      injector.accept(command);
      return true;
    } catch (ClusterException | CompletionException e) {
      return false;
    }
  }

  /** Whether everything could be looked at. */
  public boolean sweep() {
    return injector.sweep();
  }

  /** What stop does, without ending the process. */
  public void letGo() {
    CompletableFuture<Void> done = injector.letGo();
    settle();
    done.join();
  }

  /** The API server carries out a call that its caller has given up on. */
  void actLate() {
    Supplier<?> call = late.poll();
    if (call != null) {
      Objects.requireNonNull(call.get(), "nobody waits for the answer, but there is one");
    }
  }

  /** Does one thing that waits; false when nothing does. */
  public boolean step() {
    Runnable next = queue.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  /** Does everything that can be done without time passing. */
  public void settle() {
    while (step()) {
      ringDue();
    }
  }

  /** Lets time pass, with everything that happens meanwhile. */
  public void pass(Duration time) {
    settle();
    Instant until = now.plus(time);
    for (Optional<Instant> next = next(until); next.isPresent(); next = next(until)) {
      moveTo(next.get());
      settle();
    }
    moveTo(until);
  }

  /** When something happens next, no later than then. */
  private Optional<Instant> next(Instant until) {
    Optional<Instant> alarm = Optional.ofNullable(alarms.peek()).map(Alarm::when);
    Optional<Instant> cluster = besides.flatMap(StoppedTime::next);
    return Stream.concat(alarm.stream(), cluster.stream())
        .min(Comparator.naturalOrder())
        .filter(next -> !next.isAfter(until));
  }

  private void moveTo(Instant next) {
    now = next.isAfter(now) ? next : now;
    besides.ifPresent(cluster -> cluster.moveTo(now));
    ringDue();
  }

  /** Lets time pass up to the next alarm, at most so long, and rings it without doing more. */
  public void passToAlarm(Duration most) {
    Instant until = now.plus(most);
    moveTo(alarms.isEmpty() || alarms.peek().when().isAfter(until) ? until : alarms.peek().when());
  }

  private void ringDue() {
    while (!alarms.isEmpty() && !alarms.peek().when().isAfter(now)) {
      alarms.poll().task().run();
    }
  }

  /** The emitted events of one type. */
  public <E extends FaultEvent> List<E> emitted(Class<E> type) {
    return emitted.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
