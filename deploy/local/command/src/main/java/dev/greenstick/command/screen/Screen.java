package dev.greenstick.command.screen;

import dev.greenstick.command.display.RunView;
import dev.greenstick.command.display.Starting;
import java.util.List;
import org.jline.utils.AttributedString;

/** Shows what happens. For one thread, but for {@link #close}, which any thread may call. */
public interface Screen extends AutoCloseable {

  /** Something happened that a line tells. */
  void say(String line);

  /** The parts are on their way. */
  void show(Starting starting);

  /** The run is as this view says; called several times a second. */
  void show(RunView view);

  /** Lines that stay. */
  void print(List<AttributedString> lines);

  /** Leaves a terminal as it was found; harmless when called again. */
  @Override
  void close();
}
