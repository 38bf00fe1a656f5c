package dev.greenstick.probe;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.Reply;
import dev.greenstick.probe.predict.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of one probe that does whatever servers do, and remembers what it did. */
final class SimulatedServer implements Transport {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*-(\\d+))\"");
  private static final long SLOWEST = 3_000_000_000L;

  /**
   * What became of a question.
   *
   * @param sentAt by the ticker
   * @param answeredAt by the ticker; empty when never
   * @param failure empty for the right prediction
   */
  record Fate(long sentAt, Optional<Long> answeredAt, Optional<Failure> failure) {}

  final Map<Long, Fate> fates = new HashMap<>();
  int open;
  boolean closed;

  private final VirtualTime time;
  private final SplittableRandom random;
  private final Probe probe;

  SimulatedServer(VirtualTime time, SplittableRandom random, Probe probe) {
    this.time = time;
    this.random = random;
    this.probe = probe;
  }

  Probe probe() {
    return probe;
  }

  @Override
  public Call send(Question question, Duration left, Consumer<Outcome> heard) {
    if (closed) {
      throw new AssertionError("asked after the end");
    }
    Matcher id = ID.matcher(new String(question.body(), StandardCharsets.UTF_8));
    if (!id.find()) {
      throw new AssertionError("no id");
    }
    long index = Long.parseLong(id.group(2));
    open++;
    Optional<Failure> failure = failure();
    boolean never = random.nextInt(20) == 0;
    // Many at once, some at the very instant of the deadline, some long after it.
    long delay =
        switch (random.nextInt(4)) {
          case 0 -> random.nextLong(1_000_000);
          case 1 -> left.toNanos();
          case 2 -> random.nextLong(left.toNanos());
          default -> random.nextLong(SLOWEST);
        };
    fates.put(
        index,
        new Fate(
            time.nanos(), never ? Optional.empty() : Optional.of(time.nanos() + delay), failure));
    boolean[] over = {false};
    if (!never) {
      time.in(
          delay,
          () -> {
            // An answer that crosses its own giving up is heard all the same.
            if (!over[0]) {
              over[0] = true;
              open--;
            }
            heard.accept(outcome(failure, id.group(1)));
          });
    }
    return () -> {
      if (!over[0]) {
        over[0] = true;
        open--;
      }
    };
  }

  private Optional<Failure> failure() {
    Failure[] all = Failure.values();
    int chosen = random.nextInt(2 * all.length);
    return chosen < all.length && all[chosen] != Failure.TIMED_OUT
        ? Optional.of(all[chosen])
        : Optional.empty();
  }

  private static Outcome outcome(Optional<Failure> failure, String id) {
    if (failure.isEmpty()) {
      return replied(200, prediction(id, "O"));
    }
    return switch (failure.get()) {
      case WRONG -> replied(200, prediction(id, "X"));
      case MALFORMED -> replied(200, prediction("another", "O"));
      case REFUSED -> new Outcome.Broken("connection reset");
      case SERVER_ERROR -> replied(503, "overloaded");
      case CLIENT_ERROR -> replied(404, "no such model");
      case TIMED_OUT -> throw new AssertionError("silence is no outcome");
    };
  }

  private static Outcome replied(int status, String body) {
    return new Outcome.Replied(new Reply(status, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String prediction(String id, String label) {
    return "{\"model_name\":\"m\",\"id\":\""
        + id
        + "\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\""
        + label
        + "\"]}]}";
  }

  @Override
  public void close() {
    closed = true;
  }
}
