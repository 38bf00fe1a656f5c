package dev.greenstick.probe.watch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.watch.PodState;
import dev.greenstick.probe.watch.PodWatch;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.api.Interference.Mishap;
import dev.greenstick.sandbox.storage.Change;
import dev.greenstick.sandbox.storage.ResourceTypes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever becomes of a watch (dropped connections, expired versions, bookmarks, errors of every
 * kind), what is told of a pod is what happened to it: nothing twice, nothing that was not, the
 * last state always, and every state as long as the API server still remembered it. One seed is one
 * history.
 */
class WatchResumptionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> MODEL = Map.of("app", "model");

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("test.seeds", 40))
        .map(seed -> seed + Long.getLong("test.seed", 0));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsToldIsWhatHappened(long seed) {
    try (History history = new History(seed)) {
      history.run();
      history.check();
    }
  }

  @Test
  void aBookmarkSavesTheListWhenEverythingBeforeItIsForgotten() {
    // Given
    AtomicInteger lists = new AtomicInteger();
    List<PodHealth> told = new CopyOnWriteArrayList<>();
    try (ChangingPods cluster = new ChangingPods(Clock.systemUTC(), 0);
        KubernetesClient client = cluster.client()) {
      cluster.create("model-0", MODEL);
      cluster.interfere(
          (method, uri) -> {
            if (uri.contains("/pods") && !uri.contains("watch=true")) {
              lists.incrementAndGet();
            }
            return new Mishap.None();
          });
      try (PodWatch watch = watch(client, told)) {
        await().atMost(PATIENCE).until(() -> told.size() == 1 && watch.problem().isEmpty());
        int first = lists.get();

        // When
        for (int i = 0; i < 10; i++) {
          cluster.noise(i);
        }
        int bookmarked = cluster.bookmarkWatches();
        cluster.compact();
        cluster.dropWatches();
        cluster.report("model-0", true, 0, null);

        // Then
        await().atMost(PATIENCE).until(() -> told.size() == 2);
        assertThat(bookmarked).as("watches, one a selector").isEqualTo(2);
        assertThat(lists.get()).as("lists after the first").isEqualTo(first);
      }
    }
  }

  private static PodWatch watch(KubernetesClient client, List<PodHealth> told) {
    return new KubernetesPodWatches(client, Clock.systemUTC())
        .over(Examples.RUN, List.of(selector(MODEL), selector(Map.of())), told::add);
  }

  private static Selector selector(Map<String, String> labels) {
    return Selector.ofLabels("default", labels);
  }

  private static final class History implements AutoCloseable {

    private final String about;
    private final Random random;
    private final ChangingPods cluster;
    private final KubernetesClient client;
    private final List<PodHealth> told = new CopyOnWriteArrayList<>();
    private final Map<String, List<PodState>> happened = new ConcurrentHashMap<>();
    private final PodWatch watch;
    private boolean forgotten;
    private int made;

    History(long seed) {
      this.about = "seed " + seed;
      this.random = new Random(seed);
      this.cluster = new ChangingPods(Clock.systemUTC(), seed);
      this.client = cluster.client();
      for (int i = 0; i < 3; i++) {
        cluster.create("model-" + made++, MODEL);
      }
      cluster.pods().forEach(pod -> happened(state(pod)));
      cluster.store().watch(cluster.store().version(), this::observe);
      this.watch = watch(client, told);
    }

    private void observe(Change change) {
      if (change.key().type().equals(ResourceTypes.PODS)) {
        PodState state = state(change.last());
        happened(
            change.deleted()
                ? new PodState(
                    state.pod(),
                    state.resourceVersion(),
                    PodState.DELETED,
                    false,
                    state.restarts(),
                    state.images(),
                    state.node(),
                    null)
                : state);
      }
    }

    private void happened(PodState state) {
      happened.computeIfAbsent(state.pod().uid(), uid -> new CopyOnWriteArrayList<>()).add(state);
    }

    private static PodState state(ObjectNode pod) {
      try {
        return PodReading.state(Json.mapper().treeToValue(pod, Pod.class));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    void run() {
      catchUp();
      boolean forgets = random.nextInt(3) > 0;
      for (int i = 0; i < 60; i++) {
        switch (random.nextInt(forgets ? 9 : 8)) {
          case 0 -> cluster.dropWatches();
          case 1 -> cluster.bookmarkWatches();
          case 2 -> cluster.noise(i);
          case 3 -> catchUp();
          case 4 -> trouble(1 + random.nextInt(4));
          case 8 -> {
            forgotten = true;
            cluster.compact();
            cluster.dropWatches();
          }
          default -> change();
        }
      }
      cluster.interfere(Interference.NONE);
      catchUp();
    }

    private void trouble(int requests) {
      AtomicInteger left = new AtomicInteger(requests);
      Mishap mishap =
          switch (random.nextInt(5)) {
            case 0 -> new Mishap.Answered(410, "Expired");
            case 1 -> new Mishap.Answered(429, "TooManyRequests");
            case 2 -> new Mishap.Answered(500, "InternalError");
            case 3 -> new Mishap.Lost(true);
            default -> new Mishap.Lost(false);
          };
      // A 410 has the watch list anew, whatever the server still remembers.
      forgotten |= mishap instanceof Mishap.Answered answered && answered.code() == 410;
      cluster.interfere((method, uri) -> left.getAndDecrement() > 0 ? mishap : new Mishap.None());
      cluster.dropWatches();
    }

    private void change() {
      List<String> names =
          cluster.pods().stream().map(pod -> pod.at("/metadata/name").asText()).toList();
      int what = random.nextInt(7);
      if (names.isEmpty() || what == 0) {
        cluster.create("model-" + made++, MODEL);
        return;
      }
      String name = names.get(random.nextInt(names.size()));
      switch (what) {
        case 1 -> cluster.delete(name);
        case 2 -> {
          // As a StatefulSet does: another pod of the same name.
          cluster.delete(name);
          cluster.create(name, MODEL);
        }
        case 3 -> cluster.label(name, "touched", "at-" + made++);
        case 4 -> cluster.image(name, "model:" + random.nextInt(3));
        default ->
            cluster.report(
                name,
                random.nextBoolean(),
                random.nextInt(3),
                random.nextBoolean() ? "CrashLoopBackOff" : "ImagePullBackOff");
      }
    }

    /** Waits until everything that happened has been told, as far as it can be. */
    private void catchUp() {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .untilAsserted(
              () -> {
                Map<String, PodHealth> last = new HashMap<>();
                told.forEach(each -> last.put(each.pod().uid(), each));
                happened.forEach(
                    (uid, states) -> {
                      PodState now = states.getLast();
                      PodHealth then = last.get(uid);
                      if (now.phase().equals(PodState.DELETED) && then == null) {
                        return;
                      }
                      assertThat(then).as("%s: %s", about, now).isNotNull();
                      assertThat(what(then)).as("%s: %s", about, now).isEqualTo(what(now));
                    });
              });
    }

    void check() {
      assertThat(told).extracting(PodHealth::identity).as(about).doesNotHaveDuplicates();
      Map<String, List<PodHealth>> byPod = new HashMap<>();
      told.forEach(
          each -> byPod.computeIfAbsent(each.pod().uid(), uid -> new ArrayList<>()).add(each));
      happened.forEach((uid, states) -> check(states, byPod.getOrDefault(uid, List.of())));
    }

    private void check(List<PodState> states, List<PodHealth> changes) {
      List<List<Object>> were = new ArrayList<>();
      for (PodState state : states) {
        if (were.isEmpty() || !were.getLast().equals(what(state))) {
          were.add(what(state));
        }
      }
      List<List<Object>> said = changes.stream().map(History::what).toList();
      for (int i = 1; i < said.size(); i++) {
        assertThat(said.get(i)).as(about).isNotEqualTo(said.get(i - 1));
      }
      if (!forgotten) {
        assertThat(said).as("%s: every state of %s", about, states.getFirst()).isEqualTo(were);
      } else if (!said.isEmpty()) {
        assertThat(were).as(about).containsSubsequence(said);
      }
    }

    private static List<Object> what(PodState state) {
      return what(state.phase(), state.ready(), state.restarts(), state.images(), state.reason());
    }

    private static List<Object> what(PodHealth state) {
      return what(state.phase(), state.ready(), state.restarts(), state.images(), state.reason());
    }

    private static List<Object> what(
        String phase, boolean ready, int restarts, List<String> images, String reason) {
      // Nobody can say what a pod was last that went while its history was forgotten.
      return phase.equals(PodState.DELETED)
          ? List.of(phase)
          : List.of(phase, ready, restarts, images, String.valueOf(reason));
    }

    @Override
    public void close() {
      watch.close();
      client.close();
      cluster.close();
    }
  }
}
