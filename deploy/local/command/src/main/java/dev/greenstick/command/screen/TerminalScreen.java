package dev.greenstick.command.screen;

import dev.greenstick.command.display.Frame;
import dev.greenstick.command.display.Glyphs;
import dev.greenstick.command.display.RunView;
import dev.greenstick.command.display.Starting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** A block of lines that is redrawn in place: only what differs is written, so nothing flickers. */
public final class TerminalScreen implements Screen {

  private static final int TOLD = 6;
  private static final int SMALLEST = 40;
  private static final double MILLIS = 1_000.0;

  private final Terminal terminal;
  private final Glyphs glyphs;
  private final InstantSource clock;
  private final Instant since;
  private final Display display;
  private final Deque<String> told = new ArrayDeque<>();

  // Guarded by this.
  private boolean closed;

  public TerminalScreen(Terminal terminal, Glyphs glyphs, InstantSource clock) {
    this.terminal = terminal;
    this.glyphs = glyphs;
    this.clock = clock;
    this.since = clock.instant();
    this.display = new Display(terminal, false);
    terminal.puts(Capability.cursor_invisible);
  }

  @Override
  public void say(String line) {
    if (told.size() == TOLD) {
      told.removeFirst();
    }
    told.addLast(
        String.format(
            Locale.ROOT,
            "%6.1f  %s",
            Duration.between(since, clock.instant()).toMillis() / MILLIS,
            line));
  }

  @Override
  public void show(Starting starting) {
    draw(starting.lines(glyphs, clock.instant()));
  }

  @Override
  public void show(RunView view) {
    draw(new Frame(glyphs, columns()).of(view, clock.instant()));
  }

  private int columns() {
    return Math.max(SMALLEST, terminal.getWidth());
  }

  private synchronized void draw(List<AttributedString> block) {
    if (closed) {
      return;
    }
    Size size = terminal.getSize();
    int columns = columns();
    List<AttributedString> lines = new ArrayList<>(block);
    lines.add(AttributedString.EMPTY);
    told.forEach(line -> lines.add(told(line, columns)));
    int rows = Math.max(2, size.getRows());
    display.resize(rows, columns);
    display.update(lines.subList(0, Math.min(lines.size(), rows - 1)), -1);
  }

  private static AttributedString told(String line, int columns) {
    String fitting = line.length() < columns - 2 ? line : line.substring(0, columns - 3) + "…";
    return new AttributedString("  " + fitting, AttributedStyle.DEFAULT.faint());
  }

  @Override
  public synchronized void print(List<AttributedString> lines) {
    if (closed) {
      return;
    }
    terminal.writer().println();
    lines.forEach(line -> terminal.writer().println(line.toAnsi(terminal)));
    terminal.flush();
    display.reset();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    terminal.writer().println();
    terminal.puts(Capability.cursor_visible);
    terminal.flush();
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The terminal could not be restored", e);
    }
  }
}
