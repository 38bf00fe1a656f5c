package dev.greenstick.command.screen;

import dev.greenstick.command.display.Glyphs;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Which screen there is. */
public final class Screens {

  private Screens() {}

  /**
   * The terminal where there is one that can be redrawn; otherwise plain lines on standard output.
   */
  public static Screen forPeople(InstantSource clock) {
    Console console = System.console();
    if (console == null || !console.isTerminal() || "dumb".equals(System.getenv("TERM"))) {
      return plain(clock);
    }
    try {
      // Signals stay the JVM's: JLine would give Ctrl-C back to the system, and nobody would tidy
      // up.
      Terminal terminal =
          TerminalBuilder.builder().system(true).dumb(false).nativeSignals(false).build();
      return new TerminalScreen(terminal, glyphs(terminal), clock);
    } catch (IOException | IllegalStateException e) {
      return plain(clock);
    }
  }

  private static Screen plain(InstantSource clock) {
    return new PlainScreen(System.out, clock);
  }

  /** Plain lines on standard error, where standard output belongs to a program. */
  public static Screen besideOutput(InstantSource clock) {
    return new PlainScreen(System.err, clock);
  }

  /** The characters that standard output can show. */
  public static Glyphs glyphs() {
    return System.out.charset().equals(StandardCharsets.UTF_8) ? Glyphs.UNICODE : Glyphs.ASCII;
  }

  private static Glyphs glyphs(Terminal terminal) {
    return terminal.encoding().equals(StandardCharsets.UTF_8) ? Glyphs.UNICODE : Glyphs.ASCII;
  }
}
