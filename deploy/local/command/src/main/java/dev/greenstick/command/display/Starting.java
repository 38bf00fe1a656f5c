package dev.greenstick.command.display;

import static dev.greenstick.command.display.Styles.FAINT;
import static dev.greenstick.command.display.Styles.GOOD;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * The parts on their way.
 *
 * @param since when the first was started
 * @param ready which are ready, and since when; the others are still starting
 * @param all every part, in the order in which they are shown
 */
public record Starting(Instant since, Map<String, Instant> ready, List<String> all) {

  private static final int NAME = 12;
  private static final double MILLIS = 1_000.0;

  /** One line a part. */
  public List<AttributedString> lines(Glyphs glyphs, Instant now) {
    List<AttributedString> lines = new ArrayList<>();
    for (String part : all) {
      Instant end = ready.get(part);
      AttributedStringBuilder line = new AttributedStringBuilder();
      line.append("  ").append(part + " ".repeat(Math.max(1, NAME - part.length())));
      if (end == null) {
        line.append("  starting  " + seconds(Duration.between(since, now)), FAINT);
      } else {
        line.append(glyphs.held(), GOOD)
            .append(" ready     " + seconds(Duration.between(since, end)));
      }
      lines.add(line.toAttributedString());
    }
    return lines;
  }

  /** A length in seconds with one digit. */
  public static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.1f s", length.toMillis() / MILLIS);
  }
}
