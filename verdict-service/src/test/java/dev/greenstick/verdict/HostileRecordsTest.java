package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Mutations.Written;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.intake.Intake;
import dev.greenstick.verdict.intake.Taken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Good runs among mutated records of others: nothing crashes, every record is either read or buried
 * and counted, and every good run has, byte for byte, the verdict that it has alone. {@code
 * -Dgreenstick.fuzz.driven=1000000} is the long form; {@code -Dgreenstick.fuzz.seed} another
 * course.
 */
class HostileRecordsTest {

  private static final int EVENTS = Integer.getInteger("greenstick.fuzz.driven", 20_000);
  private static final int HOSTILE = 40;
  private static final int READ = Integer.getInteger("greenstick.fuzz.read", 20_000);
  private static final long SEED = Long.getLong("greenstick.fuzz.seed", 1);
  private static final String COUNTED = "greenstick.verdict.";

  @Test
  void whatIsHostileIsBuriedAndNothingGoodIsLost(
      @TempDir(factory = StateInMemory.class) Path state) {
    Random random = new Random(SEED);
    int given = 0;
    int buried = 0;
    try (DrivenVerdicts verdicts = new DrivenVerdicts(state)) {
      for (int round = 0; given < EVENTS; round++) {
        // Given
        Story good = Story.of(round, 2, 3, 3);
        List<Evidence> goodEvents = new ArrayList<>();
        List<Written> victims =
            Story.of(100_000_000 + round, 2, 3, 3).evidence().stream()
                .map(Mutations::written)
                .toList();

        // When
        for (Evidence event : good.evidence()) {
          for (int i = 0; i < HOSTILE; i++) {
            Written victim = victims.get(random.nextInt(victims.size()));
            verdicts.give(Mutations.mutated(victim, random), event.time());
          }
          Origin origin = verdicts.give(Mutations.written(event), event.time());
          goodEvents.add(new Evidence(event.data(), event.time(), origin));
          given += HOSTILE + 1;
        }

        // Then
        buried += verdicts.deadLetters().size();
        Event<VerdictReached> alone = Folded.of(goodEvents).verdict();
        assertThat(verdicts.verdicts(good.run()))
            .as("seed %d, round %d", SEED, round)
            .containsExactly(Json.text(alone.data()) + " at " + alone.time());
      }
      double read =
          verdicts.counted(COUNTED + "events")
              + verdicts.counted(COUNTED + "events.again")
              + verdicts.counted(COUNTED + "events.contradictory")
              + verdicts.counted(COUNTED + "events.late");
      double dead =
          List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH).stream()
              .mapToDouble(
                  topic -> verdicts.counted(COUNTED + "dead.letters", "topic", topic.name()))
              .sum();
      assertThat(dead).as("dead letters, counted and written").isEqualTo(buried);
      assertThat(read + dead).as("read, or buried").isEqualTo(given);
      assertThat(buried).as("most mutations are no events").isGreaterThan(given / 4);
    }
  }

  @Test
  void whatIsHostileIsUnreadWithAReasonAndWhatIsGoodIsRead() {
    // Given
    Intake intake = new Intake();
    Random random = new Random(SEED);
    List<Evidence> events = Histories.of(SEED);
    List<Written> good = events.stream().map(Mutations::written).toList();
    int unread = 0;

    for (int i = 0; i < READ; i++) {
      // When
      int which = random.nextInt(good.size());
      Written mutated = Mutations.mutated(good.get(which), random);
      Taken taken =
          intake.take(
              events.get(which).origin(), mutated.key(), mutated.headers(), mutated.value());
      Written one = good.get(i % good.size());
      Taken whole =
          intake.take(events.get(i % good.size()).origin(), one.key(), one.headers(), one.value());

      // Then
      if (taken instanceof Taken.Unread(String reason)) {
        unread++;
        assertThat(reason).as("seed %d, %d", SEED, i).isNotBlank().hasSizeLessThan(500);
      }
      assertThat(whole)
          .as("seed %d, %d", SEED, i)
          .isEqualTo(new Taken.Read(events.get(i % good.size())));
    }
    assertThat(unread).isGreaterThan(READ / 3);
  }

  @Test
  void aRecordOfAnySizeIsBuriedAsFarAsABrokerTakesIt(
      @TempDir(factory = StateInMemory.class) Path state) {
    try (DrivenVerdicts verdicts = new DrivenVerdicts(state)) {
      // Given
      Written good = Mutations.written(Story.standard().evidence().getFirst());
      byte[] large = new byte[1_040_000];

      // When
      verdicts.give(
          new Written(good.topic(), good.key(), good.headers(), large), Story.standard().at(0));
      verdicts.give(
          new Written(good.topic(), large, new RecordHeaders().add("large", large), good.value()),
          Story.standard().at(0));

      // Then
      var letters = verdicts.deadLetters();
      assertThat(letters).hasSize(2);
      List<Integer> sizes = new ArrayList<>();
      for (var letter : letters) {
        int size = letter.key().length + letter.value().length;
        for (var header : letter.headers()) {
          size += header.key().length() + header.value().length;
        }
        sizes.add(size);
        assertThat(letter.headers().lastHeader(DeadLetter.CUT_FROM).value())
            .asString()
            .startsWith("1040");
        assertThat(letter.headers().lastHeader(DeadLetter.ORIGIN_OFFSET)).isNotNull();
      }
      assertThat(sizes).allMatch(size -> size < 1_000_000);
    }
  }
}
