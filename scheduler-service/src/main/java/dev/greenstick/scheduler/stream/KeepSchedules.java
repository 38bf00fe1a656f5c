package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Schedule;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.calendar.Recurrence;
import dev.greenstick.scheduler.calendar.Recurring;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.timer.Timer;
import dev.greenstick.scheduler.timer.Timers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps one timer for each experiment that runs by itself. Whatever became of what was due, the
 * next instant is the first one after now, so nothing can hold a schedule up; of several that were
 * missed the latest is the one to run, and the others are told as skipped.
 */
final class KeepSchedules extends ContextualProcessor<String, Definition, String, Outbound> {

  /** Missed runs that are told one by one; a schedule of seconds may have missed millions. */
  static final int MOST_TOLD = 100;

  private final URI source;
  private final String definitionStore;
  private final String scheduleStore;
  private final String timerStore;
  private final Duration tick;
  private KeyValueStore<String, Definition> definitions;
  private KeyValueStore<String, Recurring> schedules;
  private Timers timers;

  KeepSchedules(
      URI source, String definitionStore, String scheduleStore, String timerStore, Duration tick) {
    this.source = Objects.requireNonNull(source, "source");
    this.definitionStore = Objects.requireNonNull(definitionStore, "definitionStore");
    this.scheduleStore = Objects.requireNonNull(scheduleStore, "scheduleStore");
    this.timerStore = Objects.requireNonNull(timerStore, "timerStore");
    this.tick = Objects.requireNonNull(tick, "tick");
  }

  @Override
  public void init(ProcessorContext<String, Outbound> context) {
    super.init(context);
    definitions = context.getStateStore(definitionStore);
    schedules = context.getStateStore(scheduleStore);
    timers = new Timers(context.getStateStore(timerStore));
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, _ -> runWhatIsDue(now()));
  }

  /** A definition is new, or gone: its value is then null. */
  @Override
  public void process(Record<String, Definition> record) {
    String experiment = record.key();
    Optional<Schedule> wanted = schedule(record.value());
    Recurring kept = schedules.get(experiment);
    if (kept != null && wanted.filter(kept.schedule()::equals).isPresent()) {
      return;
    }
    if (kept != null) {
      timers.cancel(new Timer(kept.next(), experiment));
      schedules.delete(experiment);
    }
    wanted.ifPresent(schedule -> keep(experiment, schedule, Recurrence.of(schedule), now()));
  }

  private void keep(String experiment, Schedule schedule, Recurrence recurrence, Instant after) {
    recurrence
        .next(after)
        .ifPresent(
            next -> {
              schedules.put(experiment, new Recurring(schedule, next));
              timers.set(new Timer(next, experiment));
            });
  }

  private void runWhatIsDue(Instant now) {
    for (Timer timer : timers.due(now)) {
      timers.cancel(timer);
      Recurring due = schedules.get(timer.about());
      Definition definition = definitions.get(timer.about());
      schedules.delete(timer.about());
      Recurrence recurrence = Recurrence.of(due.schedule());
      submit(definition.experiment(), due, recurrence.missed(due.next(), now, MOST_TOLD), now);
      keep(timer.about(), due.schedule(), recurrence, now);
    }
  }

  private void submit(Experiment experiment, Recurring due, Recurrence.Missed missed, Instant now) {
    Instant latest = missed.latest().getLast();
    for (ClusterName cluster : experiment.spec().clusters()) {
      for (Instant earlier : missed.latest().subList(0, missed.latest().size() - 1)) {
        boolean first = earlier.equals(missed.latest().getFirst());
        RunRef run = RunRef.of(experiment.name(), cluster, earlier);
        forward(
            new Outbound.Tell(
                Event.of(
                    source,
                    now,
                    new RunSkipped(
                        run,
                        earlier,
                        late(earlier, latest, now)
                            + (first && missed.more()
                                ? "; so were earlier ones, from " + due.next() + " on"
                                : "")))),
            run,
            now);
      }
      RunRef run = RunRef.of(experiment.name(), cluster, latest);
      forward(
          new Outbound.Submit(
              new Notice.Due(
                  run,
                  latest,
                  "scheduled: " + text(due.schedule()),
                  experiment,
                  List.of(),
                  due.schedule())),
          run,
          now);
    }
  }

  private static String late(Instant scheduled, Instant latest, Instant now) {
    return "the run was due "
        + GoDuration.format(Duration.ofSeconds(Duration.between(scheduled, now).toSeconds()))
        + " ago and was missed; the one that was due at "
        + latest
        + " is the latest";
  }

  private static String text(Schedule schedule) {
    return schedule.every() != null
        ? "every " + GoDuration.format(schedule.every())
        : schedule.cron() + ", " + schedule.timeZone();
  }

  private static Optional<Schedule> schedule(Definition definition) {
    return definition == null || !definition.valid()
        ? Optional.empty()
        : Optional.ofNullable(definition.experiment().spec().schedule())
            .filter(schedule -> !schedule.suspend());
  }

  private void forward(Outbound outbound, RunRef run, Instant now) {
    context()
        .forward(
            new Record<>(run.id().toString(), outbound, now.toEpochMilli(), new RecordHeaders()));
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }
}
