package dev.greenstick.command.display;

/**
 * The characters of bars and marks.
 *
 * @param full a done part of a bar
 * @param empty a part of a bar that is still to come
 * @param held marks what is well
 * @param failed marks what is not
 * @param undecided marks what nobody knows
 */
public record Glyphs(String full, String empty, String held, String failed, String undecided) {

  /** For terminals that show Unicode. */
  public static final Glyphs UNICODE = new Glyphs("█", "░", "✔", "✘", "?");

  /** For all others. */
  public static final Glyphs ASCII = new Glyphs("#", ".", "+", "x", "?");

  /** A bar of this many columns, filled to a share from 0 to 1. */
  String bar(int columns, double share) {
    int filled = (int) Math.round(columns * Math.max(0, Math.min(1, share)));
    return full.repeat(filled) + empty.repeat(columns - filled);
  }
}
