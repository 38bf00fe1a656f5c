package dev.greenstick.probe.resume;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was going on, from the commands and the health events themselves: no other record of it is
 * kept, so none can disagree with them. For one thread at a time.
 */
public final class Recollection {

  private final Map<RunId, Past> runs = new LinkedHashMap<>();

  private static final class Past {
    private final ProbeStart start;
    private final Instant orderedAt;
    private Instant startedAt;
    private Instant stoppedAt;
    private boolean over;
    private final Map<ProbeName, ExpectationsLearned> learned = new HashMap<>();

    Past(ProbeStart start, Instant orderedAt) {
      this.start = start;
      this.orderedAt = orderedAt;
    }
  }

  /** Takes in a command, in the order of its run. */
  public void command(Event<Command> event) {
    switch (event.data()) {
      case ProbeStart start -> runs.putIfAbsent(start.run().id(), new Past(start, event.time()));
      case ProbeStop stop -> {
        Past past = runs.get(stop.run().id());
        if (past != null && past.stoppedAt == null) {
          past.stoppedAt = event.time();
        }
      }
      case FaultInject _, FaultRevert _ -> {}
    }
  }

  /** Takes in what a run's probes emitted. */
  public void health(HealthEvent event) {
    Past past = runs.get(event.run().id());
    if (past == null) {
      return;
    }
    switch (event) {
      case ProbeStarted started -> past.startedAt = started.startedAt();
      case ProbeRefused _, ProbeFinished _ -> past.over = true;
      case ExpectationsLearned learned -> past.learned.put(learned.probe(), learned);
      case HealthWindow _, PodHealth _, AlertObserved _ -> {}
    }
  }

  /** Since when health events can tell something of runs that may still be going on. */
  public Optional<Instant> since(Instant now) {
    return runs.values().stream()
        .filter(past -> isRecent(past, now))
        .map(past -> past.orderedAt)
        .min(Instant::compareTo);
  }

  private static boolean isRecent(Past past, Instant now) {
    ProbeStart start = past.start;
    Duration margin = Duration.ofMinutes(1);
    return now.isBefore(start.deadline().plus(start.longest()).plus(margin));
  }

  /** The runs that were interrupted, in the order of their commands. */
  public List<Interrupted> interrupted(Instant now) {
    List<Interrupted> interrupted = new ArrayList<>();
    for (Past past : runs.values()) {
      if (!past.over && past.startedAt != null && isRecent(past, now)) {
        interrupted.add(
            new Interrupted(
                past.start, past.startedAt, Optional.ofNullable(past.stoppedAt), past.learned));
      }
    }
    return interrupted;
  }

  /**
   * Commands to start runs of which nothing was emitted: taken on by a process that ended before it
   * could say so, or not taken on yet. A run that was stopped meanwhile is not among them.
   */
  public List<ProbeStart> unheardOf(Instant now) {
    return runs.values().stream()
        .filter(past -> !past.over && past.startedAt == null && past.stoppedAt == null)
        .filter(past -> isRecent(past, now))
        .map(past -> past.start)
        .toList();
  }

  /** Commands whose runs need nothing more, but which may be delivered again. */
  public List<ProbeStart> done() {
    return runs.values().stream().filter(past -> past.over).map(past -> past.start).toList();
  }
}
