package dev.greenstick.bench;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.injector.Figures;
import dev.greenstick.injector.Injector;
import dev.greenstick.injector.command.Decisions;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.kubernetes.ConfigMapLedger;
import dev.greenstick.injector.kubernetes.KubernetesContainers;
import dev.greenstick.injector.kubernetes.KubernetesPods;
import dev.greenstick.injector.kubernetes.KubernetesResources;
import dev.greenstick.injector.safety.Fence;
import dev.greenstick.injector.safety.Halts;
import dev.greenstick.injector.safety.Limits;
import dev.greenstick.injector.target.PodQuery;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The injector's own figures, over an API server in a process of its own with 10,000 pods: command
 * to API call, lateness of 200 reverts at once, calls a fault, selection, and what the probe's
 * watch holds; each beside a bare client's calls in the same run.
 */
public final class InjectorFigures {

  private static final int MODEL = 200;
  private static final int OTHERS = 9_800;
  private static final int SAMPLES = 200;
  private static final int WARM_UP = 60;
  private static final Clock CLOCK = Clock.systemUTC();
  private static final ClusterName CLUSTER = new ClusterName("bench");
  private static final StepName STEP = new StepName("bench");

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong firstTouch = new AtomicLong();
  private final KubernetesClient client;
  private final BlockingQueue<FaultEvent> events = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Injector injector;
  private final ConfigMapLedger watching;
  private int faults;

  private InjectorFigures(StartedApiServer server) {
    this.client = server.client(this::seen);
    this.watching = new ConfigMapLedger(server.client((method, url) -> {}), "greenstick");
    KubernetesPods pods = new KubernetesPods(client);
    this.injector =
        new Injector(
            new Decisions(CLUSTER, Duration.ofHours(1)),
            new Fence(Set.of("default")),
            Limits.NONE,
            new Drivers(
                pods,
                new KubernetesResources(client),
                new KubernetesContainers(client),
                "pause:1",
                ""),
            pods,
            new ConfigMapLedger(client, "greenstick"),
            this::emit,
            this::at,
            executor,
            CLOCK,
            new Figures(new SimpleMeterRegistry()),
            () -> true,
            false);
    injector.halts(Halts.NONE);
  }

  private void seen(String method, String url) {
    calls.incrementAndGet();
    if (method.equals("PATCH") && url.contains("/pods/")) {
      firstTouch.compareAndSet(0, System.nanoTime());
    }
  }

  private CompletableFuture<Void> emit(FaultEvent event) {
    events.add(event);
    return CompletableFuture.completedFuture(null);
  }

  private void at(Instant when, Runnable task) {
    long nanos = Math.max(0, Duration.between(CLOCK.instant(), when).toNanos());
    var _ = alarms.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) {
    try (StartedApiServer server = StartedApiServer.start(MODEL, OTHERS)) {
      InjectorFigures figures = new InjectorFigures(server);
      figures.selection();
      figures.commandToCall();
      figures.revertsAtOnce();
      figures.callsPerFault();
      memory();
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    } finally {
      // The clients' threads would keep the process.
      Runtime.getRuntime().halt(0);
    }
  }

  private void selection() {
    KubernetesPods pods = new KubernetesPods(client);
    System.out.printf("Selection among %,d pods (median of 9)%n", MODEL + OTHERS);
    double everything =
        selected(
            "a naive list of everything",
            () -> client.pods().inNamespace("default").list().getItems().size(),
            0);
    selected(
        "label selector " + StillApiServer.MODEL,
        () -> pods.list(new PodQuery("default", StillApiServer.MODEL, "", List.of())).size(),
        everything);
    selected(
        "label selector " + StillApiServer.HALF,
        () -> pods.list(new PodQuery("default", StillApiServer.HALF, "", List.of())).size(),
        everything);
  }

  private double selected(String what, IntSupplier list, double peer) {
    Histogram micros = new Histogram(3);
    int found = 0;
    int before = 0;
    for (int i = 0; i < 9; i++) {
      before = calls.get();
      long since = System.nanoTime();
      found = list.getAsInt();
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since));
    }
    double took = millis(micros, 50);
    System.out.printf(
        "  %-30s %,6d pods in %2d call(s), %7.1f ms%s%n",
        what,
        found,
        calls.get() - before,
        took,
        peer == 0 ? "" : ", %.2f of everything's".formatted(took / peer));
    return took;
  }

  private void commandToCall() throws InterruptedException {
    Histogram ours = new Histogram(3);
    Histogram bare = new Histogram(3);
    for (int i = 0; i < SAMPLES + WARM_UP; i++) {
      firstTouch.set(0);
      long since = System.nanoTime();
      FaultInject command =
          command(podFailure(Mode.ONE, Duration.ofMinutes(1), selector(StillApiServer.MODEL)));
      injector.accept(command);
      await(FaultInjected.class);
      long call = firstTouch.get() - since;
      injector.accept(
          new FaultRevert(
              CommandId.of(command.run().id(), "fault.revert", command.fault().toString()),
              command.run(),
              command.fault(),
              "measured"));
      await(FaultReverted.class);
      String body = "{\"metadata\":{\"annotations\":{\"bench\":\"" + i + "\"}}}";
      long bareSince = System.nanoTime();
      client
          .pods()
          .inNamespace("default")
          .withName("model-00000")
          .patch(PatchContext.of(PatchType.JSON_MERGE), body);
      if (i >= WARM_UP) {
        ours.recordValue(TimeUnit.NANOSECONDS.toMicros(call));
        bare.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - bareSince));
      }
    }
    System.out.printf(
        "Command read to the first call that touches a pod (n %d): p50 %.2f ms, p99 %.2f ms; a bare fabric8 patch: p50 %.2f ms, p99 %.2f ms; ratio of p50 %.1f, of p99 %.1f%n",
        SAMPLES,
        millis(ours, 50),
        millis(ours, 99),
        millis(bare, 50),
        millis(bare, 99),
        millis(ours, 50) / millis(bare, 50),
        millis(ours, 99) / millis(bare, 99));
  }

  private void revertsAtOnce() throws InterruptedException {
    Instant deadline = CLOCK.instant().plusSeconds(15);
    Map<FaultId, Instant> deadlines = new HashMap<>();
    for (int i = 0; i < MODEL; i++) {
      Selector one = Selector.ofPods("default", "model-%05d".formatted(i));
      injector.accept(
          command(podFailure(Mode.ALL, Duration.between(CLOCK.instant(), deadline), one)));
    }
    Histogram late = new Histogram(3);
    int reverted = 0;
    while (reverted < MODEL) {
      switch (events.take()) {
        case FaultInjected injected -> deadlines.put(injected.fault(), injected.revertBy());
        case FaultReverted ended -> {
          reverted++;
          late.recordValue(
              TimeUnit.NANOSECONDS.toMicros(
                  Duration.between(deadlines.get(ended.fault()), ended.revertedAt()).toNanos()));
        }
        case FaultEvent other -> throw new IllegalStateException(other.toString());
      }
    }
    Histogram bare = patchesAtOnce();
    System.out.printf(
        "Revert lateness with %d faults at once: p50 %.0f ms, p99 %.0f ms, max %.0f ms; %d bare pairs of get and patch at once: p50 %.0f ms, p99 %.0f ms; ratio of p99 %.1f%n",
        MODEL,
        millis(late, 50),
        millis(late, 99),
        late.getMaxValue() / 1_000.0,
        MODEL,
        millis(bare, 50),
        millis(bare, 99),
        millis(late, 99) / millis(bare, 99));
  }

  /** As many pods read and patched at once as there were reverts: the least that these can be. */
  private Histogram patchesAtOnce() throws InterruptedException {
    Histogram micros = new Histogram(3);
    CountDownLatch done = new CountDownLatch(MODEL);
    long since = System.nanoTime();
    IntStream.range(0, MODEL)
        .forEach(
            i ->
                executor.execute(
                    () -> {
                      var pod =
                          client.pods().inNamespace("default").withName("model-%05d".formatted(i));
                      pod.get();
                      pod.patch(
                          PatchContext.of(PatchType.JSON_MERGE),
                          "{\"metadata\":{\"annotations\":{\"bench\":\"at once\"}}}");
                      synchronized (micros) {
                        micros.recordValue(
                            TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since));
                      }
                      done.countDown();
                    }));
    done.await();
    return micros;
  }

  private void callsPerFault() throws InterruptedException {
    Duration second = Duration.ofSeconds(3);
    Selector model = selector(StillApiServer.MODEL);
    System.out.println("API calls a fault, from the command to its end");
    calls("pod-failure of one pod", podFailure(Mode.ONE, second, model));
    calls(
        "pod-failure of ten pods",
        new PodChaos(PodAction.POD_FAILURE, Mode.FIXED, "10", second, 0, null, model, null));
    calls("network-deny of one pod", new NetworkDeny(Mode.ONE, null, null, second, model));
    calls("scale-down of %d pods".formatted(MODEL), new ScaleDown(1, second, model));
    calls(
        "pod-kill of one pod",
        new PodChaos(PodAction.POD_KILL, Mode.ONE, null, second, 0, null, model, null));
    calls(
        "pod-kill of one pod, evicted",
        new PodChaos(PodAction.POD_KILL, Mode.ONE, null, second, 0, null, model, true));
    calls("node-drain of a third of the pods", new NodeDrain(0L, second, model));
  }

  private void calls(String what, Fault spec) throws InterruptedException {
    int before = calls.get();
    injector.accept(command(spec));
    int hit = await(FaultInjected.class).pods().size();
    await(FaultReverted.class);
    while (!watching.open().isEmpty()) {
      // The entry is closed after the event was told.
      Thread.onSpinWait();
    }
    int made = calls.get() - before;
    System.out.printf("  %-36s %4d calls for %3d pod(s)%n", what, made, hit);
  }

  private static void memory() throws Exception {
    long hundred = WatchMemory.measure(100);
    long thousand = WatchMemory.measure(1_000);
    System.out.printf(
        "The probe's watch over pods, heap in use: 100 pods %.1f MB, 1,000 pods %.1f MB: %.2f times, %.1f kB a pod%n",
        hundred / 1e6, thousand / 1e6, (double) thousand / hundred, (thousand - hundred) / 900e3);
  }

  private FaultInject command(Fault spec) {
    RunRef run =
        RunRef.of(new ExperimentName("bench"), CLUSTER, Instant.EPOCH.plusSeconds(++faults));
    FaultId fault = FaultId.of(run.id(), STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        CLOCK.instant().plusSeconds(60),
        fault,
        STEP,
        spec);
  }

  private static Selector selector(String label) {
    String[] pair = label.split("=", 2);
    return Selector.ofLabels("default", Map.of(pair[0], pair[1]));
  }

  private static PodChaos podFailure(Mode mode, Duration duration, Selector selector) {
    return new PodChaos(PodAction.POD_FAILURE, mode, null, duration, 0, null, selector, null);
  }

  private <E extends FaultEvent> E await(Class<E> type) throws InterruptedException {
    while (true) {
      FaultEvent event = events.take();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
      if (!(event instanceof FaultInjected)) {
        throw new IllegalStateException("instead of " + type.getSimpleName() + ": " + event);
      }
    }
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }
}
