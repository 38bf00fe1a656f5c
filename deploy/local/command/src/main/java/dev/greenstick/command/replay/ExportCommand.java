package dev.greenstick.command.replay;

import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.verdict.replay.Export;
import dev.greenstick.verdict.replay.Pace;
import dev.greenstick.verdict.replay.Recording;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.Selection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes recorded history to a directory, so that it can be judged where there is no broker. */
@Command(
    name = "export",
    description = {
      "Writes recorded history to a directory as compressed JSON lines, each record with where it lay. greenstick replay"
          + " --from DIR judges it without a broker.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 written, 3 could not run."})
public final class ExportCommand implements Callable<Integer> {

  @Mixin private HistoryOptions history;
  @Mixin private SelectionOptions selected;

  @Parameters(paramLabel = "DIR", description = "An empty directory, or one that does not exist")
  private Path directory;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Partitions that are read at once (default: the processors there are)")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    Selection selection = selected.selection(history);
    try {
      Recording recording = history.open();
      Export export = new Export(recording, selection, parallel);
      Pace pace = export.pace(System::nanoTime);
      long records;
      try (ShownProgress shown = new ShownProgress(pace, System.err, System.console() != null)) {
        records = export.to(directory, pace);
      }
      System.out.printf("%,d records are in %s%n", records, directory);
      return 0;
    } catch (RecordingException e) {
      throw new CouldNotRun(e.getMessage(), e);
    }
  }
}
