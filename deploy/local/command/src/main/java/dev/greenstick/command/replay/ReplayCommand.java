package dev.greenstick.command.replay;

import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.experiment.HypothesisReader;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.replay.Counts;
import dev.greenstick.verdict.replay.FileSink;
import dev.greenstick.verdict.replay.Judging;
import dev.greenstick.verdict.replay.Pace;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.Replay;
import dev.greenstick.verdict.replay.Selection;
import dev.greenstick.verdict.replay.Sink;
import dev.greenstick.verdict.replay.TopicSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges recorded history once more; writes nothing but what it is told to. */
@Command(
    name = "replay",
    description = {
      "Reads recorded history from a broker or an export, and tells whether every verdict is reached again, byte for"
          + " byte, from the events that it names.",
      "With --hypothesis, --until or --late it judges anew, and tells which runs would have another outcome. Nothing on"
          + " the broker changes.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 everything is as recorded, 1 something differs, 2 nothing was judged, 3 could not run."
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final int MEBI = 20;

  @Mixin private HistoryOptions history;
  @Mixin private SelectionOptions selected;

  @Option(
      names = "--hypothesis",
      paramLabel = "FILE",
      description = {
        "Judge by these assertions instead of each run's own: YAML or JSON with a list named assertions"
      })
  private String hypothesis;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Judge by what had happened by then")
  private String until;

  @Option(names = "--late", description = "Judge with the events that came after the verdict, too")
  private boolean late;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write every outcome to this file, a line of JSON each")
  private String out;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = {
        "Write every verdict as an event to this topic, which must exist and be none of Greenstick's"
      })
  private String topic;

  @Option(
      names = "--progress",
      paramLabel = "FILE",
      description = "Keep there how far it is; an interrupted replay goes on from there")
  private String progress;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Partitions that are read at once (default: the processors there are)")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "How much history is held in memory; what is more lies in temporary files (default: 128)")
  private int memory = 128;

  @Option(names = "--json", description = "Print what it came to as one line of JSON")
  private boolean json;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    if (parallel < 1 || memory < 1) {
      throw history.misuse("--parallel and --memory must be at least 1");
    }
    if (out != null && topic != null) {
      throw history.misuse("give --out or --topic");
    }
    Selection selection = selected.selection(history);
    Replay.Limits limits = new Replay.Limits(parallel, (long) memory << MEBI, history.bounds());
    Judging judging = judging();
    try {
      Optional<Sink> beside = beside();
      return replay(new Replay(history.open(), selection, judging, limits), beside);
    } catch (RecordingException e) {
      throw new CouldNotRun(e.getMessage(), e);
    }
  }

  private int replay(Replay replay, Optional<Sink> beside)
      throws RecordingException, InterruptedException {
    Pace pace = replay.pace(System::nanoTime);
    Counts counts;
    try (ShownProgress shown =
            new ShownProgress(pace, System.err, System.console() != null && !json);
        Sink sink = new PrintedOutcomes(json ? _ -> {} : shown::say, beside)) {
      counts = replay.run(sink, pace, Optional.ofNullable(progress).map(Path::of));
    }
    if (json) {
      System.out.println(Json.text(counts));
    } else {
      PrintedOutcomes.print(counts, System.out::println);
      System.err.printf("%,.0f records a second%n", pace.shown().perSecond());
    }
    return status(counts);
  }

  private static int status(Counts counts) {
    if (!counts.clean()) {
      return 1;
    }
    return counts.isJudged() ? 0 : 2;
  }

  private Judging judging() throws CouldNotRun {
    Optional<Instant> instant = history.instant("--until", until);
    return hypothesis == null && instant.isEmpty() && !late
        ? new Judging.Verify()
        : new Judging.Again(hypothesis(), instant, late);
  }

  private Optional<Hypothesis> hypothesis() throws CouldNotRun {
    if (hypothesis == null) {
      return Optional.empty();
    }
    String text;
    try {
      text = Files.readString(Path.of(hypothesis));
    } catch (IOException e) {
      throw new CouldNotRun("--hypothesis " + hypothesis + " cannot be read: " + e.getMessage(), e);
    }
    return Optional.of(
        switch (HypothesisReader.read(text)) {
          case HypothesisReader.Reading.Invalid(var problems) -> throw invalid(problems);
          case HypothesisReader.Reading.Valid(var read) -> {
            List<Problem> problems = HypothesisLanguage.check(read, "");
            if (!problems.isEmpty()) {
              throw invalid(problems);
            }
            yield read;
          }
        });
  }

  private CouldNotRun invalid(List<Problem> problems) {
    return new CouldNotRun(
        "%s cannot be judged by:\n%s"
            .formatted(
                hypothesis,
                problems.stream()
                    .map(problem -> "  " + problem.toString().replaceFirst("^\\.", ""))
                    .collect(Collectors.joining("\n"))));
  }

  private Optional<Sink> beside() throws CouldNotRun, RecordingException {
    if (topic != null) {
      return Optional.of(new TopicSink(topic, history.client()));
    }
    return Optional.ofNullable(out).map(file -> new FileSink(Path.of(file)));
  }
}
