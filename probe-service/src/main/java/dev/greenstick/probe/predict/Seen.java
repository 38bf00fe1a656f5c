package dev.greenstick.probe.predict;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What was seen of an answer, fit for an event: one line, bounded, without secrets. */
public final class Seen {

  /** The most characters that are kept. */
  public static final int LONGEST = 200;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)((?:authorization|bearer|basic|api[-_]?key|access[-_]?key|token|password|passwd|secret|credential)s?)"
              + "([\"'\\s:=]+)(?:bearer\\s+|basic\\s+)?[^\\s\"',;}&]+");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]+@");

  private Seen() {}

  /** One bounded line of a text; null counts as empty. */
  public static String line(String text) {
    if (text == null) {
      return "";
    }
    // Cut first: an answer may be large; a secret at the cut is cut with it or matched.
    String head = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
    String line = UNPRINTABLE.matcher(head).replaceAll(" ").strip();
    line = SECRET.matcher(line).replaceAll("$1$2(redacted)");
    line = USER_INFO.matcher(line).replaceAll("$1(redacted)@");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** One bounded line of a body that should be UTF-8. */
  public static String line(byte[] body) {
    return line(new String(body, 0, Math.min(body.length, 4 * LONGEST), StandardCharsets.UTF_8));
  }
}
