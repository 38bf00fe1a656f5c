package dev.greenstick.verdict.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.replay.AskedReplay.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The next one begins when the one before is over: that is how these tests know that it is. */
class ReplaysTest {

  private static final int RUNS = 5;

  private final Gated source = new Gated();
  private final Replays replays = new Replays(source, Given.LIMITS, () -> 0);

  /** Opens what is recorded when it is let. */
  private static final class Gated implements Replays.Source {

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore let = new Semaphore(0);
    private final Given written = new Given();
    private volatile Recording recording = recorded(RUNS);

    @Override
    public Recording recording() throws RecordingException {
      begun.release();
      try {
        let.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RecordingException("interrupted", e);
      }
      if (recording == null) {
        throw new RecordingException("the broker does not answer");
      }
      return recording;
    }

    @Override
    public Sink topic(String name) throws RecordingException {
      if (name.startsWith("greenstick.")) {
        throw new RecordingException(name + " is a live topic");
      }
      return written;
    }
  }

  @AfterEach
  void end() {
    replays.close();
  }

  private static Recording recorded(int runs) {
    return MemoryRecording.of(
        IntStream.range(0, runs).mapToObj(i -> Story.of(i, 2, 3, 2)).toList());
  }

  private AskedReplay ask(Judging judging, String topic) throws RecordingException {
    return replays.ask(Selection.ALL, judging, Optional.ofNullable(topic)).orElseThrow();
  }

  private AskedReplay verify() throws RecordingException {
    return ask(new Judging.Verify(), null);
  }

  private static Judging refuting() {
    return new Judging.Again(
        Optional.of(new Hypothesis(List.of(), List.of("run.count < 1"), List.of())),
        Optional.empty(),
        false);
  }

  @Test
  void oneRunsWhileTheNextWaitsAndTellsWhatItCameTo() throws Exception {
    // Given
    AskedReplay asked = verify();
    verify();
    source.begun.acquire();
    List<Stage> stages = replays.all().stream().map(AskedReplay::stage).toList();

    // When
    source.let.release();
    source.begun.acquire();

    // Then
    AskedReplay over = replays.get(asked.number()).orElseThrow();
    assertThat(asked.stage()).isEqualTo(Stage.WAITING);
    assertThat(stages).containsExactly(Stage.WAITING, Stage.RUNNING);
    assertThat(over.stage()).isEqualTo(Stage.DONE);
    assertThat(over.counts().of(Outcome.Status.IDENTICAL)).isEqualTo(RUNS);
    assertThat(over.pace().read()).isEqualTo(over.counts().records());
    assertThat(over.pace().left()).isEmpty();
    assertThat(over.outcomes()).isEmpty();
    assertThat(replays.get(17)).isEmpty();
  }

  @Test
  void whatIsNotAsRecordedIsKeptAsFarAsThereIsRoomAndWrittenWithoutBound() throws Exception {
    // Given
    source.recording = recorded(Replays.MOST_OUTCOMES + RUNS);
    AskedReplay asked = ask(refuting(), "what-if");
    verify();
    source.let.release();

    // When
    source.begun.acquire(2);

    // Then
    AskedReplay over = replays.get(asked.number()).orElseThrow();
    assertThat(over.outcomes())
        .hasSize(Replays.MOST_OUTCOMES)
        .allSatisfy(it -> assertThat(it.status()).isEqualTo(Outcome.Status.CHANGED));
    assertThat(over.more()).isEqualTo(RUNS);
    assertThat(source.written.outcomes()).hasSize(Replays.MOST_OUTCOMES + RUNS);
  }

  @Test
  void oneThatIsCancelledEndsWhereItIsAndTheNextOneBegins() throws Exception {
    // Given
    AskedReplay running = verify();
    AskedReplay waiting = verify();
    AskedReplay next = verify();
    verify();
    source.begun.acquire();

    // When
    replays.cancel(waiting.number());
    replays.cancel(running.number());
    source.begun.acquire();
    source.let.release();
    source.begun.acquire();

    // Then
    assertThat(replays.cancel(17)).isEmpty();
    assertThat(replays.cancel(next.number()).orElseThrow().stage()).isEqualTo(Stage.DONE);
    for (AskedReplay cancelled : List.of(running, waiting)) {
      AskedReplay over = replays.get(cancelled.number()).orElseThrow();
      assertThat(over.stage()).isEqualTo(Stage.CANCELLED);
      assertThat(over.failure()).isNull();
      assertThat(over.counts()).isNull();
    }
  }

  @Test
  void oneThatFailsTellsWhyAndTheNextOneBegins() throws Exception {
    // Given
    source.recording = null;
    AskedReplay asked = verify();
    verify();
    source.let.release();

    // When
    source.begun.acquire(2);

    // Then
    AskedReplay over = replays.get(asked.number()).orElseThrow();
    assertThat(over.stage()).isEqualTo(Stage.FAILED);
    assertThat(over.failure()).isEqualTo("the broker does not answer");
  }

  @Test
  void whereAllWaitNoneIsTakenAndWhereOneIsOverTheOldestIsForgotten() throws Exception {
    // Given
    AskedReplay first = verify();
    for (int i = 1; i < Replays.MOST; i++) {
      verify();
    }
    Optional<AskedReplay> oneMore =
        replays.ask(Selection.ALL, new Judging.Verify(), Optional.empty());
    source.let.release();
    source.begun.acquire(2);

    // When
    AskedReplay taken = verify();

    // Then
    assertThat(oneMore).isEmpty();
    assertThat(replays.all()).hasSize(Replays.MOST).first().isEqualTo(taken);
    assertThat(replays.get(first.number())).isEmpty();
  }

  @Test
  void aLiveTopicIsRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> ask(new Judging.Verify(), "greenstick.verdicts"))
        .isInstanceOf(RecordingException.class);
    assertThat(replays.all()).isEmpty();
  }
}
