package dev.greenstick.command.replay;

import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.replay.DirectoryRecording;
import dev.greenstick.verdict.replay.KafkaRecording;
import dev.greenstick.verdict.replay.Recording;
import dev.greenstick.verdict.replay.RecordingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where history is. */
final class HistoryOptions {

  private static final Pattern RANGE =
      Pattern.compile("([a-zA-Z0-9._-]{1,249})/([0-9]{1,9})=([0-9]{1,18})\\.\\.([0-9]{1,18})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker that holds the history (default: 127.0.0.1:9092)")
  private String bootstrap;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Further settings of the Kafka client, as a properties file, for example for TLS")
  private String kafkaConfig;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Read what greenstick export wrote there; no broker is asked")
  private String from;

  @Option(
      names = "--lateness-bound",
      paramLabel = "DURATION",
      description =
          "The verdict service's greenstick.verdict.lateness.bound, where a verdict does not name it (default: 100ms)")
  private String latenessBound;

  @Option(
      names = "--lateness-share",
      paramLabel = "SHARE",
      description =
          "The verdict service's greenstick.verdict.lateness.share, where a verdict does not name it (default: 0.05)")
  private String latenessShare;

  /** Opens it. */
  Recording open() throws CouldNotRun, RecordingException {
    if (from != null) {
      if (bootstrap != null || kafkaConfig != null) {
        throw misuse(
            "--from reads a directory, and --bootstrap and --kafka-config are for a broker");
      }
      return new DirectoryRecording(Path.of(from));
    }
    return new KafkaRecording(client());
  }

  /** The settings of clients of the broker. */
  Map<String, Object> client() throws CouldNotRun {
    Map<String, Object> settings = new HashMap<>();
    if (kafkaConfig != null) {
      Properties file = new Properties();
      try (Reader in = Files.newBufferedReader(Path.of(kafkaConfig))) {
        file.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new CouldNotRun(
            "--kafka-config " + kafkaConfig + " cannot be read: " + e.getMessage(), e);
      }
      file.forEach((name, value) -> settings.put(name.toString(), value));
    }
    if (bootstrap != null || !settings.containsKey("bootstrap.servers")) {
      settings.put("bootstrap.servers", bootstrap == null ? "127.0.0.1:9092" : bootstrap);
    }
    return settings;
  }

  Bounds bounds() {
    Duration bound =
        parsed("--lateness-bound", latenessBound, GoDuration::parse)
            .orElse(Bounds.STANDARD.lateness());
    double share =
        parsed("--lateness-share", latenessShare, Double::parseDouble)
            .orElse(Bounds.STANDARD.lateShare());
    try {
      return new Bounds(bound, share);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  Optional<RunId> run(String written) {
    return parsed("--run", written, RunId::parse);
  }

  Optional<ExperimentName> experiment(String written) {
    return parsed("--experiment", written, ExperimentName::new);
  }

  Optional<ClusterName> cluster(String written) {
    return parsed("--cluster", written, ClusterName::new);
  }

  Optional<Instant> instant(String option, String written) {
    return parsed(
        option,
        written,
        text -> {
          try {
            return Instant.parse(text);
          } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "must be an instant like 2026-11-24T11:44:38Z, but is: " + text, e);
          }
        });
  }

  List<OffsetRange> offsets(List<String> written) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (String text : written) {
      ranges.add(parsed("--offsets", text, HistoryOptions::range).orElseThrow());
    }
    return ranges;
  }

  private static OffsetRange range(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "must be TOPIC/PARTITION=FROM..TO, for example greenstick.health/2=100..170, but is: "
              + text);
    }
    return new OffsetRange(
        range.group(1),
        Integer.parseInt(range.group(2)),
        Long.parseLong(range.group(3)),
        Long.parseLong(range.group(4)));
  }

  <T> Optional<T> parsed(String option, String written, Function<String, T> parser) {
    try {
      return Optional.ofNullable(written).map(parser);
    } catch (IllegalArgumentException e) {
      throw misuse(option + " " + e.getMessage());
    }
  }

  ParameterException misuse(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
