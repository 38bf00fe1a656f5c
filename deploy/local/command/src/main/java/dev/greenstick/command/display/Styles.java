package dev.greenstick.command.display;

import org.jline.utils.AttributedStyle;

/** What is shown in which colour; terminals without colours drop them. */
final class Styles {

  static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  static final AttributedStyle STRONG = AttributedStyle.DEFAULT.bold();
  static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  static final AttributedStyle BAD = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  static final AttributedStyle NOTICE = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

  private Styles() {}
}
