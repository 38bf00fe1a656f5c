package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.Schedule.ConcurrencyPolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** Reads when an experiment runs. What a cron expression holds is for the scheduler to check. */
final class ScheduleReader {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String HOW = "write cron, for example \"0 3 * * 1-5\", or every, as in 30m";
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "schedule", "is called cron here",
          "startingDeadlineSeconds", "is called startingDeadline here, with a unit, as in 10m",
          "historyLimit", "is not needed: history stays on the topics for as long as they keep it");

  private ScheduleReader() {}

  /** Null when absent, or after reporting why. */
  static Schedule schedule(Cursor at) {
    if (!at.isPresent()
        || !at.isObject(
            ELSEWHERE,
            "cron",
            "every",
            "timeZone",
            "startingDeadline",
            "concurrencyPolicy",
            "suspend")) {
      return null;
    }
    int before = at.problems();
    String cron = at.field("cron").text();
    Duration every = at.field("every").duration(SHORTEST, LONGEST, null);
    if (at.field("cron").isPresent() && at.field("every").isPresent()) {
      at.field("every").problem("stands beside cron; leave one of them out");
    } else if (!at.field("cron").isPresent() && !at.field("every").isPresent()) {
      at.problem("says neither cron nor every; " + HOW);
    }
    String timeZone = timeZone(at.field("timeZone"));
    Duration startingDeadline = at.field("startingDeadline").duration(SHORTEST, LONGEST, null);
    ConcurrencyPolicy policy = at.field("concurrencyPolicy").oneOf(ConcurrencyPolicy.class);
    Boolean suspend = suspend(at.field("suspend"));
    return at.problems() > before
        ? null
        : new Schedule(cron, every, timeZone, startingDeadline, policy, suspend);
  }

  private static String timeZone(Cursor at) {
    String text = at.text();
    if (text != null) {
      try {
        ZoneId.of(text);
      } catch (DateTimeException e) {
        at.problem("is no known time zone, as in Europe/Berlin" + at.described());
      }
    }
    return text;
  }

  private static Boolean suspend(Cursor at) {
    if (at.isPresent() && !at.node().isBoolean()) {
      at.problem("must be true or false" + at.described());
      return null;
    }
    return at.isPresent() ? at.node().booleanValue() : null;
  }
}
