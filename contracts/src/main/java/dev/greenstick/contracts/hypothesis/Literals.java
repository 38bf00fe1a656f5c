package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.wire.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with units, which CEL does not have: {@code 99.5%}, {@code 200ms}, {@code 1h30m}. A unit
 * follows its number without a space, so nothing that CEL reads is taken from it: no CEL number is
 * followed by such a letter, and a remainder, which {@code %} is in CEL, is no part of the
 * language. Each is replaced by a plain number of the same length, so that every place stays what
 * it was.
 */
final class Literals {

  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern WITH_UNIT = Pattern.compile("\\d[\\d.]*\\p{L}[\\p{L}\\d.]*");
  private static final Pattern GO_DURATION =
      Pattern.compile("(\\d+(\\.\\d+)?(ns|us|µs|μs|ms|s|m|h))+");
  private static final Pattern OF_CEL = Pattern.compile("\\d+[uU]|0[xX][0-9a-fA-F]+[uU]?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String text;
  private final StringBuilder plain;
  private final Map<Integer, Quantity.Literal> byPlace = new HashMap<>();
  private final List<Trouble> troubles = new ArrayList<>();

  /** What cannot be read at an index of the text. */
  record Trouble(int index, String message) {}

  private Literals(String text) {
    this.text = text;
    this.plain = new StringBuilder(text);
  }

  static Literals of(String text) {
    Literals literals = new Literals(text);
    literals.read();
    return literals;
  }

  /** What CEL reads instead. */
  String plain() {
    return plain.toString();
  }

  List<Trouble> troubles() {
    return troubles;
  }

  /**
   * The number that begins at a place, counted in code points as CEL counts.
   *
   * @param isNegative whether CEL read a sign with it; then the place may be the sign's
   */
  Optional<Quantity.Literal> at(int place, boolean isNegative) {
    if (!isNegative) {
      return Optional.ofNullable(byPlace.get(place));
    }
    int index = text.offsetByCodePoints(0, place);
    while (index < text.length()
        && (text.charAt(index) == '-' || Character.isWhitespace(text.charAt(index)))) {
      index++;
    }
    return Optional.ofNullable(byPlace.get(text.codePointCount(0, index)))
        .map(
            positive ->
                new Quantity.Literal(-positive.number(), "-" + positive.text(), positive.kind()));
  }

  private void read() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = afterString(at, false);
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c >= '0' && c <= '9') {
        at = number(at);
      } else if (c == '%') {
        troubles.add(
            new Trouble(
                at, "% stands right behind its number, as in 99.5%; there is no remainder"));
        plain.setCharAt(at, ' ');
        at++;
      } else {
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
          at = word.end();
          boolean quoted =
              at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
          if (quoted && word.group().toLowerCase(Locale.ROOT).contains("r")) {
            at = afterString(at, true);
          }
        } else {
          at++;
        }
      }
    }
  }

  private int afterString(int start, boolean raw) {
    String quote = text.substring(start, start + 1);
    if (text.startsWith(quote.repeat(3), start)) {
      quote = quote.repeat(3);
    }
    int at = start + quote.length();
    while (at < text.length()) {
      if (!raw && text.charAt(at) == '\\') {
        at += 2;
      } else if (text.startsWith(quote, at)) {
        return at + quote.length();
      } else {
        at++;
      }
    }
    return text.length();
  }

  private int number(int start) {
    Matcher withUnit = WITH_UNIT.matcher(text).region(start, text.length());
    Matcher number = NUMBER.matcher(text).region(start, text.length());
    if (!number.lookingAt()) {
      throw new IllegalStateException("a digit begins a number");
    }
    int end = number.end();
    boolean isBroken =
        end + 1 < text.length()
            && text.charAt(end) == '.'
            && Character.isDigit(text.charAt(end + 1));
    if (isBroken && withUnit.lookingAt()) {
      return time(start, withUnit.group());
    }
    if (end < text.length() && text.charAt(end) == '%') {
      return percent(start, end);
    }
    if (end < text.length() && Character.isLetter(text.charAt(end)) && withUnit.lookingAt()) {
      return time(start, withUnit.group());
    }
    double value = Double.parseDouble(number.group());
    put(start, new Quantity.Literal(value, number.group(), Quantity.Kind.NUMBER));
    return end;
  }

  private int percent(int start, int end) {
    int next = end + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next < text.length()
        && (Character.isLetterOrDigit(text.charAt(next)) || text.charAt(next) == '(')) {
      troubles.add(new Trouble(end, "% makes a percentage of its number; there is no remainder"));
    }
    double value = new BigDecimal(text.substring(start, end)).movePointLeft(2).doubleValue();
    replace(
        start,
        end + 1,
        new Quantity.Literal(value, text.substring(start, end + 1), Quantity.Kind.NUMBER));
    return end + 1;
  }

  private int time(int start, String written) {
    int end = start + written.length();
    if (OF_CEL.matcher(written).matches()) {
      return end;
    }
    if (!GO_DURATION.matcher(written).matches()) {
      troubles.add(
          new Trouble(
              start,
              written
                  + " is no number and no time; times are written 200ms, 30s or 1h30m, with the"
                  + " units ns us ms s m h"));
      replace(start, end, new Quantity.Literal(0, written, Quantity.Kind.DURATION));
      return end;
    }
    try {
      replace(start, end, duration(written, written));
    } catch (IllegalArgumentException e) {
      troubles.add(new Trouble(start, written + " " + e.getMessage()));
      replace(start, end, new Quantity.Literal(0, written, Quantity.Kind.DURATION));
    }
    return end;
  }

  /**
   * @throws IllegalArgumentException when it is no duration
   */
  static Quantity.Literal duration(String written, String text) {
    Duration duration = GoDuration.parse(written);
    return new Quantity.Literal(
        duration.getSeconds() * 1e9 + duration.getNano(), text, Quantity.Kind.DURATION);
  }

  private void replace(int start, int end, Quantity.Literal literal) {
    if (start > 0 && text.charAt(start - 1) == '.') {
      troubles.add(new Trouble(start - 1, "write 0 before the point: 0." + literal.text()));
    }
    put(start, literal);
    int length = end - start;
    plain.replace(start, end, length == 2 ? "11" : "1." + "0".repeat(length - 2));
  }

  private void put(int index, Quantity.Literal literal) {
    byPlace.put(text.codePointCount(0, index), literal);
  }
}
