package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.follow.RestApi;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run that is followed to its verdict. For one thread. */
final class Waiting {

  private static final long LOOKS_EVERY_MILLIS = 500;

  /** A requested run is decided on in less than a second; one that is not never will be. */
  private static final Duration TAKEN_UP_WITHIN = Duration.ofSeconds(60);

  /** The verdict service hands one down at the latest 10 s after a run's end. */
  private static final Duration JUDGED_WITHIN = Duration.ofMinutes(2);

  private final JsonNode run;
  private final RunId id;
  private final SchedulerApi scheduler;
  private final RestApi verdicts;
  private final Consumer<String> says;
  private String phase = "";
  private long since = System.nanoTime();
  private Optional<Verdict> ended = Optional.empty();

  /**
   * @param run as the scheduler named it
   * @param says takes a line for a person whenever the run's phase is another
   */
  Waiting(JsonNode run, SchedulerApi scheduler, RestApi verdicts, Consumer<String> says) {
    this.run = run;
    this.id = RunId.parse(run.path("id").asText());
    this.scheduler = scheduler;
    this.verdicts = verdicts;
    this.says = says;
  }

  /** Waits until each has ended, one way or another. */
  static void forAll(List<Waiting> runs, Duration patience)
      throws CouldNotRun, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      for (Waiting run : runs) {
        run.look();
      }
      if (runs.stream().allMatch(run -> run.ended.isPresent())) {
        return;
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        runs.forEach(run -> run.giveUp(patience));
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
    }
  }

  /** How it ended; only after {@link #forAll}. */
  Verdict ended() {
    return ended.orElseThrow();
  }

  private void giveUp(Duration patience) {
    if (ended.isEmpty()) {
      ended =
          Optional.of(
              Verdict.none(
                  run, "no verdict within " + GoDuration.format(patience) + "; the run goes on"));
    }
  }

  private void look() throws CouldNotRun, InterruptedException {
    if (ended.isPresent()) {
      return;
    }
    Optional<JsonNode> state = scheduler.state(id);
    if (state.isEmpty()) {
      require(TAKEN_UP_WITHIN, "was not taken up by the scheduler");
      return;
    }
    tell(state.get());
    if (!phase.equals("ended")) {
      return;
    }
    if (state.get().path("outcome").asText().equals("skipped")) {
      ended = Optional.of(Verdict.none(run, "skipped: " + state.get().path("reason").asText()));
      return;
    }
    ended =
        verdicts
            .find("tell the verdict on run " + id, "/runs/" + id + "/verdict")
            .map(verdict -> Verdict.of(run, verdict.path("verdict")));
    if (ended.isEmpty()) {
      require(JUDGED_WITHIN, "has ended and has no verdict");
    }
  }

  private void tell(JsonNode state) {
    String now = state.path("phase").asText();
    if (!now.equals(phase)) {
      phase = now;
      since = System.nanoTime();
      says.accept("run %s on %s: %s".formatted(id, run.path("cluster").asText(), now));
    }
  }

  private void require(Duration within, String what) throws CouldNotRun {
    if (System.nanoTime() - since > within.toNanos()) {
      throw new CouldNotRun("Run %s %s within %s".formatted(id, what, GoDuration.format(within)));
    }
  }
}
