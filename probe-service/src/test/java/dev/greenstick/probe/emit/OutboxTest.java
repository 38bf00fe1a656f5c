package dev.greenstick.probe.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutboxTest {

  private final Broker broker = new Broker();
  private final AtomicInteger lost = new AtomicInteger();

  private Outbox outbox(int most, int inFlight) {
    return new Outbox(most, inFlight, broker, lost::incrementAndGet);
  }

  private static Event<HealthEvent> window(int index) {
    return event(
        new HealthWindow(
            Examples.RUN,
            Examples.PROBE,
            index,
            Examples.probeStarted().startedAt(),
            Answers.NONE,
            "",
            Map.of(),
            0,
            List.of()));
  }

  private static Event<HealthEvent> event(HealthEvent data) {
    return Event.of(URI.create("/clusters/local/probe"), Examples.probeStarted().startedAt(), data);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyEventReachesTheBrokerOnceAndInOrderHoweverLongItIsAway(long seed) throws Exception {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    Outbox outbox = outbox(1_000, 1 + random.nextInt(8));
    List<Event<HealthEvent>> emitted = new ArrayList<>();

    // When
    for (int i = 0; i < 300; i++) {
      emitted.add(window(i));
      outbox.emit(emitted.getLast());
      for (int taken = random.nextInt(3); taken > 0; taken--) {
        broker.takeOne();
      }
    }
    broker.takeAll();

    // Then
    assertThat(broker.received).isEqualTo(emitted);
    assertThat(lost).hasValue(0);
    assertThat(outbox.size()).isZero();
    assertThat(outbox.awaitEmpty(Duration.ZERO)).isTrue();
  }

  @Test
  void beyondItsBoundTheNewestMeasurementsAreGivenUpButNeverTheLifeOfARun() throws Exception {
    // Given
    Outbox outbox = outbox(2, 1);

    // When
    outbox.emit(event(Examples.probeStarted()));
    for (int i = 0; i < 10; i++) {
      outbox.emit(window(i));
    }
    outbox.emit(event(Examples.probeFinished()));
    assertThat(outbox.awaitEmpty(Duration.ofMillis(1))).isFalse();
    broker.takeAll();
    outbox.emit(window(10));
    broker.takeAll();

    // Then
    assertThat(broker.received)
        .containsExactly(
            event(Examples.probeStarted()),
            window(0),
            window(1),
            event(Examples.probeFinished()),
            window(10));
    assertThat(lost).hasValue(8);
  }

  @Test
  void anEventThatTheBrokerNeverTakesIsCountedAndTheOthersGoOn() {
    // Given
    Outbox outbox = outbox(10, 1);
    outbox.emit(window(0));
    outbox.emit(window(1));

    // When
    broker.refuseOne();
    broker.takeAll();

    // Then
    assertThat(broker.received).containsExactly(window(1));
    assertThat(lost).hasValue(1);
  }

  /** A broker that takes events when it is told to, never more than it was handed. */
  private static final class Broker implements Outbox.Sending {

    private record Pending(Event<? extends HealthEvent> event, CompletableFuture<Void> done) {}

    final List<Event<? extends HealthEvent>> received = new ArrayList<>();
    private final Queue<Pending> pending = new ArrayDeque<>();

    @Override
    public CompletionStage<?> send(Event<? extends HealthEvent> event) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      pending.add(new Pending(event, done));
      return done;
    }

    void takeOne() {
      Pending next = pending.poll();
      if (next != null) {
        received.add(next.event);
        next.done.complete(null);
      }
    }

    void takeAll() {
      while (!pending.isEmpty()) {
        takeOne();
      }
    }

    void refuseOne() {
      pending.remove().done.completeExceptionally(new IllegalStateException("record too large"));
    }
  }
}
