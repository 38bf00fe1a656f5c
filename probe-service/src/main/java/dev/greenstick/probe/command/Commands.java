package dev.greenstick.probe.command;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what a command means, from the commands before it: one delivered twice acts once, one
 * past its deadline is refused, and a run that was stopped is never started. For one thread at a
 * time.
 */
public final class Commands {

  /** What is remembered of a run. */
  private sealed interface Known {

    /** Its probes were started by this command. */
    record Started(ProbeStart by) implements Known {}

    /** Its probes were not started, by this command. */
    record Refused(ProbeStart by) implements Known {}

    /** Its probes were started by a command and then stopped. */
    record Stopped(ProbeStart by) implements Known {}

    /** It was stopped before anything was started. */
    record NeverStarted() implements Known {}
  }

  private final StartRules rules;
  private final Map<RunId, Known> runs;

  /**
   * @param remembered how many runs are remembered, the latest; one that is forgotten is still kept
   *     from starting again by the deadline of its command
   */
  public Commands(ClusterName cluster, Limits limits, int remembered) {
    this.rules = new StartRules(cluster, limits);
    this.runs =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<RunId, Known> eldest) {
            return size() > remembered;
          }
        };
  }

  /** Remembers a command that an earlier process carried out. */
  public void recall(ProbeStart start) {
    runs.putIfAbsent(start.run().id(), new Known.Started(start));
  }

  /** What to do about a command that is read at an instant. */
  public Decision decide(Command command, Instant now) {
    return switch (command) {
      case ProbeStart start -> start(start, now);
      case ProbeStop stop -> stop(stop);
      case FaultInject other -> new Decision.Ignore("faults are the injector's");
      case FaultRevert other -> new Decision.Ignore("faults are the injector's");
    };
  }

  private Decision start(ProbeStart start, Instant now) {
    return switch (runs.get(start.run().id())) {
      case null -> first(start, now);
      case Known.Started(ProbeStart by) -> again(start, by);
      case Known.Refused(ProbeStart by) -> again(start, by);
      case Known.Stopped(ProbeStart by) -> again(start, by);
      case Known.NeverStarted() -> {
        runs.put(start.run().id(), new Known.Refused(start));
        yield new Decision.Refuse(
            start.run(), List.of(new Problem("", "the run was stopped before it was started")));
      }
    };
  }

  private Decision first(ProbeStart start, Instant now) {
    List<Problem> problems = rules.problems(start, now);
    if (problems.isEmpty()) {
      runs.put(start.run().id(), new Known.Started(start));
      return new Decision.Start(start);
    }
    runs.put(start.run().id(), new Known.Refused(start));
    return new Decision.Refuse(start.run(), problems);
  }

  private static Decision again(ProbeStart start, ProbeStart first) {
    if (start.equals(first)) {
      return new Decision.Ignore("delivered again");
    }
    return new Decision.Conflict(
        start.run(),
        start.command().equals(first.command())
            ? "command " + start.command() + " was delivered before with another body"
            : "command " + first.command() + " was the run's first, this is " + start.command());
  }

  private Decision stop(ProbeStop stop) {
    return switch (runs.get(stop.run().id())) {
      case null -> {
        runs.put(stop.run().id(), new Known.NeverStarted());
        yield new Decision.Ignore("nothing was started for the run here");
      }
      case Known.Started(ProbeStart by) -> {
        runs.put(stop.run().id(), new Known.Stopped(by));
        yield new Decision.Stop(stop.run());
      }
      case Known.Refused refused -> new Decision.Ignore("the run was refused");
      case Known.Stopped stopped -> new Decision.Ignore("delivered again");
      case Known.NeverStarted none -> new Decision.Ignore("delivered again");
    };
  }
}
