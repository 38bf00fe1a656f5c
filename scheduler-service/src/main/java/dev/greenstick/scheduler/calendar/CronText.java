package dev.greenstick.scheduler.calendar;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads cron expressions: five fields as in crontab(5), six with seconds before them, the
 * descriptors of crontab(5), and {@code @every DURATION} as Chaos Mesh takes it.
 */
final class CronText {

  private static final String EVERY = "@every ";
  private static final Map<String, String> DESCRIPTORS =
      new TreeMap<>(
          Map.of(
              "@yearly", "0 0 1 1 *",
              "@annually", "0 0 1 1 *",
              "@monthly", "0 0 1 * *",
              "@weekly", "0 0 * * 0",
              "@daily", "0 0 * * *",
              "@midnight", "0 0 * * *",
              "@hourly", "0 * * * *"));
  private static final int FIVE = 5;
  private static final CronDefinition FIVE_FIELDS =
      CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
  private static final CronDefinition SIX_FIELDS =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .withStrictRange()
          .and()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .instance();

  private CronText() {}

  /**
   * The recurrence that the text names, by the clocks of the zone.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Recurrence parse(String text, ZoneId zone) {
    String stripped = text.strip();
    if (stripped.startsWith(EVERY)) {
      return new Interval(GoDuration.parse(stripped.substring(EVERY.length()).strip()));
    }
    String fields = stripped.startsWith("@") ? described(stripped) : stripped;
    Cron cron = cron(fields);
    LocalTimes times = new LocalTimes(cron);
    FieldExpression hours = cron.retrieve(CronFieldName.HOUR).getExpression();
    return hours instanceof Always
        ? new ElapsedCron(times, zone.getRules())
        : new WallClockCron(times, zone.getRules());
  }

  private static String described(String descriptor) {
    String fields = DESCRIPTORS.get(descriptor);
    if (fields == null) {
      throw new IllegalArgumentException(
          "is no known descriptor; there are "
              + String.join(", ", DESCRIPTORS.keySet())
              + " and @every DURATION, for example @every 90m");
    }
    return fields;
  }

  private static Cron cron(String fields) {
    int count = fields.isEmpty() ? 0 : fields.split("\\s+", -1).length;
    if (count != FIVE && count != FIVE + 1) {
      throw new IllegalArgumentException(
          "must have five fields (minute, hour, day of month, month, day of week) or six with"
              + " seconds before them, but has "
              + count);
    }
    try {
      return new CronParser(count == FIVE ? FIVE_FIELDS : SIX_FIELDS).parse(fields).validate();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is no cron expression: "
              + e.getMessage().replace("Failed to parse cron expression. ", ""),
          e);
    }
  }
}
