package dev.greenstick.probe.input;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Arrivals;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the files that probes name, from one directory that is mounted where the probe runs and
 * from nowhere else. Safe for many threads; blocks while it reads.
 */
public final class Inputs {

  private static final Pattern OF_A_REQUEST = Pattern.compile("requests\\[(\\d+)]\\.?(.*)");

  private final Optional<Path> directory;
  private final int mostBytes;
  private final int mostLines;

  /**
   * @param directory where files are; empty where none may be read
   * @param mostBytes how long a file may be
   * @param mostLines how many requests or instants a file may hold
   */
  public Inputs(Optional<Path> directory, int mostBytes, int mostLines) {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.mostLines = mostLines;
  }

  /** What came of resolving. */
  public sealed interface Resolved {

    /** The probes with everything that files hold in them. */
    record Whole(List<Probe> probes) implements Resolved {}

    /**
     * Every problem at once, with paths of the command.
     *
     * @param problems at least one
     */
    record Lacking(List<Problem> problems) implements Resolved {}
  }

  /** Probes with everything that the files which they name hold. */
  public Resolved resolve(List<Probe> probes) {
    List<Probe> whole = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      whole.add(resolve("probes[" + i + "].", probes.get(i), problems));
    }
    return problems.isEmpty() ? new Resolved.Whole(whole) : new Resolved.Lacking(problems);
  }

  private Probe resolve(String path, Probe probe, List<Problem> problems) {
    Arrivals arrivals = probe.arrivals();
    double rate = probe.rate();
    if (arrivals != null && arrivals.replay() != null && arrivals.replay().file() != null) {
      String at = path + "arrivals.replay.file";
      List<Duration> offsets =
          text(arrivals.replay().file(), at, problems)
              .map(text -> Recorded.offsets(text, mostLines, at, problems))
              .orElse(List.of());
      arrivals = Arrivals.of(new Arrivals.Replay(offsets, null, arrivals.replay().repeat()));
      rate = Math.max(1, Recorded.densest(offsets));
    }
    List<PredictionRequest> requests = new ArrayList<>(probe.requests());
    if (probe.requestsFrom() != null) {
      String at = path + "requestsFrom.file";
      text(probe.requestsFrom().file(), at, problems)
          .map(text -> Lines.read(probe.requestsFrom(), text, mostLines))
          .ifPresent(lines -> add(probe, lines, at, requests, problems));
    }
    return probe.with(requests, rate, arrivals);
  }

  /** Adds a file's requests, once the probe's protocol has nothing to say against them. */
  private static void add(
      Probe probe, Lines lines, String at, List<PredictionRequest> into, List<Problem> problems) {
    lines.problems().forEach(problem -> problems.add(new Problem(at, problem)));
    if (!lines.problems().isEmpty()) {
      return;
    }
    into.addAll(lines.requests());
    Probe alone = probe.with(lines.requests(), probe.rate(), null);
    Stream.concat(
            Protocol.of(probe.protocol()).problems(alone).stream(),
            RightAnswers.problems(alone).stream())
        .limit(Lines.MOST_TOLD)
        .forEach(problem -> problems.add(new Problem(at, ofLine(problem, lines))));
  }

  private static String ofLine(Problem problem, Lines lines) {
    Matcher matcher = OF_A_REQUEST.matcher(problem.path());
    return matcher.matches()
        ? "line %d: %s %s"
            .formatted(
                lines.line(Integer.parseInt(matcher.group(1))), matcher.group(2), problem.message())
        : problem.path() + " " + problem.message();
  }

  private Optional<String> text(String file, String at, List<Problem> problems) {
    if (directory.isEmpty()) {
      problems.add(
          new Problem(
              at, "cannot be read: set greenstick.probe.inputs.directory where the probe runs"));
      return Optional.empty();
    }
    try {
      // Where links lead counts: a mounted ConfigMap is full of them, and all stay inside.
      Path root = directory.get().toRealPath();
      Path path = root.resolve(file).toRealPath();
      if (!path.startsWith(root) || !Files.isRegularFile(path)) {
        problems.add(new Problem(at, "is no file beneath the probe's directory of inputs"));
        return Optional.empty();
      }
      return decoded(path, at, problems);
    } catch (NoSuchFileException e) {
      problems.add(new Problem(at, "is not there: " + e.getFile()));
      return Optional.empty();
    } catch (IOException e) {
      problems.add(new Problem(at, "cannot be read: " + e));
      return Optional.empty();
    }
  }

  private Optional<String> decoded(Path path, String at, List<Problem> problems)
      throws IOException {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(path)) {
      bytes = stream.readNBytes(mostBytes + 1);
    }
    if (bytes.length > mostBytes) {
      problems.add(new Problem(at, "is longer than " + mostBytes + " bytes"));
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(new Problem(at, "is no UTF-8"));
      return Optional.empty();
    }
  }
}
