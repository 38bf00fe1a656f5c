package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.Arrivals.Poisson;
import dev.greenstick.contracts.experiment.Arrivals.Ramp;
import dev.greenstick.contracts.experiment.Arrivals.Replay;
import dev.greenstick.contracts.experiment.Arrivals.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads when predictions are intended. */
final class ArrivalsReader {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private ArrivalsReader() {}

  /** The arrivals at this place; null when they have a problem or are evenly spaced. */
  static Arrivals arrivals(Cursor at) {
    if (!at.isPresent() || !at.isObject("poisson", "ramp", "steps", "replay")) {
      return null;
    }
    Cursor poisson = at.field("poisson");
    Cursor ramp = at.field("ramp");
    Cursor steps = at.field("steps");
    Cursor replay = at.field("replay");
    if (Stream.of(poisson, ramp, steps, replay).filter(Cursor::isPresent).count() != 1) {
      at.problem("must have one field, poisson, ramp, steps or replay");
      return null;
    }
    if (poisson.isPresent()) {
      return poisson(poisson);
    }
    if (ramp.isPresent()) {
      return ramp(ramp);
    }
    if (replay.isPresent()) {
      return replay(replay);
    }
    List<Step> read = steps.someOf("write rate and duration of each", ArrivalsReader::step);
    return read.isEmpty() ? null : Arrivals.of(read);
  }

  private static Arrivals poisson(Cursor at) {
    if (!at.isObject("seed")) {
      return null;
    }
    Cursor seed = at.field("seed");
    if (seed.isPresent() && !(seed.node().canConvertToLong() && seed.node().isIntegralNumber())) {
      seed.problem("must be a whole number of 64 bits" + seed.described());
      return null;
    }
    return Arrivals.of(new Poisson(seed.node().asLong()));
  }

  private static Arrivals ramp(Cursor at) {
    if (!at.isObject("to", "over")) {
      return null;
    }
    int before = at.problems();
    double to = ProbeReader.rate(at.required("to", "write the rate at the end"));
    Duration over =
        at.required("over", "write how long it takes").duration(SHORTEST, LONGEST, null);
    return at.problems() > before ? null : Arrivals.of(new Ramp(to, over));
  }

  private static Step step(Cursor at) {
    if (!at.isObject("rate", "duration")) {
      return null;
    }
    int before = at.problems();
    double rate = ProbeReader.rate(at.required("rate", "write predictions a second"));
    Duration duration = at.required("duration", "write how long").duration(SHORTEST, LONGEST, null);
    return at.problems() > before ? null : new Step(rate, duration);
  }

  private static Arrivals replay(Cursor at) {
    if (!at.isObject("offsets", "file", "repeat")) {
      return null;
    }
    int before = at.problems();
    if (at.field("offsets").isPresent() == at.field("file").isPresent()) {
      at.problem("must have offsets or a file of them");
      return null;
    }
    Cursor repeat = at.field("repeat");
    if (repeat.isPresent() && !repeat.node().isBoolean()) {
      repeat.problem("must be true or false" + repeat.described());
    }
    String file = FilePath.of(at.field("file"));
    List<Duration> offsets =
        at.field("offsets").list(each -> each.duration(Duration.ZERO, LONGEST, null));
    if (file == null && offsets.isEmpty() && at.problems() == before) {
      at.field("offsets").problem("must not be empty; write when predictions were asked for");
    }
    for (int i = 1; i < offsets.size() && at.problems() == before; i++) {
      if (offsets.get(i).compareTo(offsets.get(i - 1)) < 0) {
        at.field("offsets").problem("must be in order, but number " + (i + 1) + " goes back");
      }
    }
    return at.problems() > before
        ? null
        : Arrivals.of(new Replay(offsets, file, repeat.node().asBoolean()));
  }

  /**
   * The highest rate that arrivals come to, predictions a second: for a replay the most within one
   * second, and for one from a file what {@code otherwise} says, since only the probe can read it.
   */
  static double highest(Arrivals arrivals, double otherwise) {
    if (arrivals == null || arrivals.poisson() != null) {
      return otherwise;
    }
    if (arrivals.ramp() != null) {
      return otherwise;
    }
    if (arrivals.replay() != null) {
      return arrivals.replay().file() == null ? densest(arrivals.replay().offsets()) : otherwise;
    }
    return arrivals.steps().stream().mapToDouble(Step::rate).max().orElse(otherwise);
  }

  /** The most offsets within one second. */
  static double densest(List<Duration> offsets) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < offsets.size(); last++) {
      while (offsets.get(last).minus(offsets.get(first)).compareTo(Duration.ofSeconds(1)) >= 0) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
