package dev.greenstick.sandbox.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreTest {

  private final Store store = new Store(1_000);

  private static Key key(int name) {
    return new Key(ResourceTypes.CONFIG_MAPS, "ns", "n" + name);
  }

  private static ObjectNode object(Key key, int value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    object.putObject("data").put("v", Integer.toString(value));
    return object;
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private void act(SplittableRandom random) {
    Key key = key(random.nextInt(5));
    if (store.get(key).isEmpty()) {
      store.create(key, object(key, random.nextInt(3)));
    } else if (random.nextInt(3) == 0) {
      store.update(key, before -> null);
    } else {
      int value = random.nextInt(3);
      store.update(key, before -> object(key, value));
    }
  }

  private Map<String, ObjectNode> current() {
    return byName(store.list(ResourceTypes.CONFIG_MAPS, "ns"));
  }

  private static Map<String, ObjectNode> byName(Snapshot snapshot) {
    Map<String, ObjectNode> found = new TreeMap<>();
    snapshot
        .objects()
        .forEach(object -> found.put(object.path("metadata").path("name").asText(), object));
    return found;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theStateAtAnyVersionIsWhatItWasThen(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Map<String, ObjectNode>> then = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      act(random);
      then.put(store.version(), current());
    }

    // When / Then
    then.forEach(
        (version, state) ->
            assertThat(byName(store.listAt(ResourceTypes.CONFIG_MAPS, "ns", version)))
                .isEqualTo(state));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aWatchFromAnyVersionLeadsToTheSameState(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      act(random);
    }
    long since = store.version();
    Map<String, ObjectNode> replica = new TreeMap<>(current());
    for (int i = 0; i < 20; i++) {
      act(random);
    }
    List<Long> versions = new ArrayList<>();

    // When
    try (Store.Subscription watch =
        store.watch(
            since,
            change -> {
              versions.add(change.version());
              if (change.deleted()) {
                replica.remove(change.key().name());
              } else {
                replica.put(change.key().name(), change.after());
              }
            })) {
      assertThat(watch).isNotNull();
      for (int i = 0; i < 20; i++) {
        act(random);
      }
    }

    // Then
    assertThat(replica).isEqualTo(current());
    assertThat(versions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aChangeThatChangesNothingKeepsTheVersion() {
    // Given
    ObjectNode created = store.create(key(1), object(key(1), 1));

    // When
    ObjectNode same = store.update(key(1), before -> object(key(1), 1));

    // Then
    assertThat(same).isSameAs(created);
  }

  @Test
  void aWatchFromBeforeTheHistoryIsExpired() {
    // Given
    store.create(key(1), object(key(1), 1));
    long seen = store.version();
    store.create(key(2), object(key(2), 1));

    // When
    store.compact();

    // Then
    assertThatThrownBy(() -> store.watch(seen, change -> {}))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(410));
  }

  @Test
  void historyIsBounded() {
    // Given
    Store small = new Store(2);
    for (int i = 0; i < 5; i++) {
      small.create(key(i), object(key(i), i));
    }

    // When / Then
    small.watch(small.version() - 2, change -> {}).close();
    assertThatThrownBy(() -> small.watch(small.version() - 3, change -> {}))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void aVersionThatLiesAheadIsRefused() {
    assertThatThrownBy(() -> store.watch(store.version() + 1, change -> {}))
        .hasMessageContaining("Too large resource version");
  }
}
