package dev.greenstick.command.screen;

import dev.greenstick.command.display.RunView;
import dev.greenstick.command.display.Starting;
import dev.greenstick.command.display.StatusLine;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** One line for each thing that happens, and one for the state every few seconds. */
public final class PlainScreen implements Screen {

  private static final Duration BETWEEN_STATES = Duration.ofSeconds(5);
  private static final double MILLIS = 1_000.0;

  private final PrintStream out;
  private final InstantSource clock;
  private final Instant since;
  private Instant nextState;

  public PlainScreen(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.since = clock.instant();
    this.nextState = since;
  }

  @Override
  public void say(String line) {
    Instant now = clock.instant();
    out.printf(Locale.ROOT, "%6.1f  %s%n", Duration.between(since, now).toMillis() / MILLIS, line);
    out.flush();
  }

  @Override
  public void show(Starting starting) {
    nextState = clock.instant();
  }

  @Override
  public void show(RunView view) {
    Instant now = clock.instant();
    if (view.isAsked() && !now.isBefore(nextState)) {
      say(StatusLine.of(view, now));
      nextState = now.plus(BETWEEN_STATES);
    }
  }

  @Override
  public void print(List<AttributedString> lines) {
    lines.forEach(line -> out.println(line.toString().stripTrailing()));
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
