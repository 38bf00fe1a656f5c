package dev.greenstick.scheduler.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.experiment.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

  private static final String BERLIN = "Europe/Berlin";

  // The clock went from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25
  // October.

  @Test
  void aSkippedHourRunsOnce() {
    assertThat(upcoming("30 2 * * *", BERLIN, "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void allThatASkippedHourHoldsIsDueOnceTogether() {
    assertThat(upcoming("*/20 2,3 * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
  }

  @Test
  void aRepeatedHourDoesNotRunTwice() {
    assertThat(upcoming("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void fromWithinTheRepeatedHourNothingIsDueAgain() {
    assertThat(upcoming("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void everyHourGoesOnThroughBoth() {
    assertThat(upcoming("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    assertThat(upcoming("30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
  }

  @Test
  void aChangeOfHalfAnHourIsNoSurprise() {
    // Lord Howe Island puts its clocks back by 30 minutes at 02:00 on 5 April 2026.
    assertThat(upcoming("*/15 * * * *", "Australia/Lord_Howe", "2026-04-04T14:40:00Z", 4))
        .containsExactly(
            "2026-04-04T14:45:00Z",
            "2026-04-04T15:00:00Z",
            "2026-04-04T15:15:00Z",
            "2026-04-04T15:30:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @hourly      | 2026-11-24T01:00:00Z
          @daily       | 2026-11-25T00:00:00Z
          @midnight    | 2026-11-25T00:00:00Z
          @weekly      | 2026-11-29T00:00:00Z
          @monthly     | 2026-12-01T00:00:00Z
          @yearly      | 2027-01-01T00:00:00Z
          @annually    | 2027-01-01T00:00:00Z
          @every 90m   | 2026-11-24T01:30:00Z
          0 0 29 2 *   | 2028-02-29T00:00:00Z
          0 12 * * 7   | 2026-11-29T12:00:00Z
          30 0 6 * * * | 2026-11-24T06:00:30Z
          """)
  void eachFormNamesItsInstants(String cron, String next) {
    assertThat(upcoming(cron, "UTC", "2026-11-24T00:00:00Z", 1)).containsExactly(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          61 * * * *    | is no cron expression: Value 61 not in range [0, 59]
          * * *         | must have five fields (minute, hour, day of month, month, day of week) or six with seconds before them, but has 3
          @fortnightly  | is no known descriptor; there are @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly and @every DURATION, for example @every 90m
          """)
  void whatIsNoneSaysWhy(String cron, String message) {
    assertThatThrownBy(() -> recurrence(cron, "UTC")).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6 *"})
  void aDayThatNeverComesHasNoInstant(String cron) {
    assertThat(recurrence(cron, BERLIN).next(Instant.parse("2026-11-24T00:00:00Z"))).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  /** The oracle looks at every minute of three days around a change of the clock. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noInstantIsMissedOrDoubled(long seed) {
    // Given
    RandomGenerator random = new SplittableRandom(seed);
    ZoneId zone = ZoneId.of(List.of(BERLIN, "America/New_York", "UTC").get(random.nextInt(3)));
    List<Integer> minutes = some(random, 60);
    boolean everyHour = random.nextBoolean();
    List<Integer> hours = everyHour ? range(24) : some(random, 24);
    String cron = "%s %s * * *".formatted(listed(minutes), everyHour ? "*" : listed(hours));
    Instant from =
        List.of("2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", "2026-10-31T00:00:00Z").stream()
            .map(Instant::parse)
            .toList()
            .get(random.nextInt(3));
    Instant until = from.plus(Duration.ofDays(3));

    // When
    List<Instant> due = new ArrayList<>();
    Recurrence recurrence = recurrence(cron, zone.getId());
    for (Instant at = recurrence.next(from).orElseThrow();
        !at.isAfter(until);
        at = recurrence.next(at).orElseThrow()) {
      due.add(at);
    }

    // Then
    assertThat(due)
        .as("seed %d, %s in %s from %s", seed, cron, zone, from)
        .isEqualTo(
            everyHour
                ? byTime(zone, minutes, from, until)
                : byClock(zone, minutes, hours, from, until));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasMissedIsTheLatestInOrder(long seed) {
    // Given
    RandomGenerator random = new SplittableRandom(seed);
    Recurrence recurrence =
        List.of(recurrence("*/7 2-5 * * *", BERLIN), recurrence("@every 13s", BERLIN))
            .get(random.nextInt(2));
    Instant first = recurrence.next(Instant.parse("2026-03-28T00:00:00Z")).orElseThrow();
    Instant now = first.plusSeconds(random.nextInt(4 * 24 * 3600));
    int most = 1 + random.nextInt(50);

    // When
    Recurrence.Missed missed = recurrence.missed(first, now, most);

    // Then
    List<Instant> all = new ArrayList<>();
    for (Instant at = first; !at.isAfter(now); at = recurrence.next(at).orElseThrow()) {
      all.add(at);
    }
    assertThat(missed.latest())
        .as("seed %d", seed)
        .isEqualTo(all.subList(Math.max(0, all.size() - most), all.size()));
    assertThat(missed.more()).as("seed %d", seed).isEqualTo(all.size() > most);
  }

  @Test
  void aYearOfMissedSecondsIsFoundWithoutVisitingThem() {
    // Given
    Recurrence seconds = recurrence("* * * * * *", "UTC");
    Instant first = Instant.parse("2025-11-24T00:00:00Z");

    // When
    Recurrence.Missed missed = seconds.missed(first, first.plus(Duration.ofDays(365)), 100);

    // Then
    assertThat(missed.latest()).hasSize(100);
    assertThat(missed.more()).isTrue();
  }

  private static List<Instant> byTime(
      ZoneId zone, List<Integer> minutes, Instant from, Instant until) {
    List<Instant> due = new ArrayList<>();
    for (Instant at = from.plusSeconds(60); !at.isAfter(until); at = at.plusSeconds(60)) {
      if (minutes.contains(LocalDateTime.ofInstant(at, zone).getMinute())) {
        due.add(at);
      }
    }
    return due;
  }

  private static List<Instant> byClock(
      ZoneId zone, List<Integer> minutes, List<Integer> hours, Instant from, Instant until) {
    List<Instant> due = new ArrayList<>();
    LocalDateTime reading = LocalDateTime.ofInstant(from, zone).minusHours(3);
    LocalDateTime last = LocalDateTime.ofInstant(until, zone).plusHours(3);
    for (; reading.isBefore(last); reading = reading.plusMinutes(1)) {
      if (minutes.contains(reading.getMinute()) && hours.contains(reading.getHour())) {
        boolean skipped = zone.getRules().getValidOffsets(reading).isEmpty();
        Instant at =
            skipped
                ? zone.getRules().getTransition(reading).getInstant()
                : reading.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        if (at.isAfter(from) && !at.isAfter(until) && !due.contains(at)) {
          due.add(at);
        }
      }
    }
    return due;
  }

  private static List<Integer> some(RandomGenerator random, int below) {
    return random.ints(1 + random.nextInt(4), 0, below).distinct().sorted().boxed().toList();
  }

  private static List<Integer> range(int below) {
    return IntStream.range(0, below).boxed().toList();
  }

  private static String listed(List<Integer> values) {
    return String.join(",", values.stream().map(String::valueOf).toList());
  }

  private static List<String> upcoming(String cron, String zone, String after, int most) {
    return recurrence(cron, zone).upcoming(Instant.parse(after), most).stream()
        .map(Instant::toString)
        .toList();
  }

  private static Recurrence recurrence(String cron, String zone) {
    return Recurrence.of(new Schedule(cron, null, zone, null, null, null));
  }
}
