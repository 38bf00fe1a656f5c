package dev.greenstick.verdict.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.run.RunPlanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a run has come: as much of its history as must be looked at with every event, and no
 * more, so that its size does not grow with the run's length.
 *
 * @param run the run
 * @param plan what the run set out to do; null until that is read
 * @param skip why it did not take place; null where nothing says so
 * @param end how it ended; null until then
 * @param probeStartedAt the beginning of window 0; null until that is read
 * @param probeRefused whether the probes were not started
 * @param expected how many windows each probe has; null until they have finished
 * @param windows the windows that were read
 * @param faults every fault that was ordered or heard of, in the order of their ids
 * @param judged what was handed down already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    RunRef run,
    Plan plan,
    Skip skip,
    End end,
    Instant probeStartedAt,
    boolean probeRefused,
    Map<ProbeName, Integer> expected,
    Map<ProbeName, Indices> windows,
    List<FaultSpan> faults,
    Judged judged) {

  private static final Comparator<RunRef> BY_NAME =
      Comparator.comparing(RunRef::experiment).thenComparing(RunRef::cluster);

  public Progress {
    Objects.requireNonNull(run, "run");
    expected = expected == null ? null : Map.copyOf(expected);
    windows = Map.copyOf(windows);
    faults = List.copyOf(faults);
    Objects.requireNonNull(judged, "judged");
  }

  /** A run of which nothing is known but that it is. */
  public static Progress of(RunRef run) {
    return new Progress(
        run,
        null,
        null,
        null,
        null,
        false,
        null,
        Map.of(),
        List.of(),
        new Judged(false, List.of(), null));
  }

  /**
   * @param scheduledFor the instant it was due
   * @param trigger what made it due
   * @param probes its probes
   * @param baselineWindows how many windows of each probe are the baseline
   * @param stopConditions whether it has any
   * @param length how long it takes when nobody keeps it waiting: baseline, steps and recovery
   */
  public record Plan(
      Instant scheduledFor,
      String trigger,
      List<ProbeName> probes,
      int baselineWindows,
      boolean stopConditions,
      Duration length) {

    public Plan {
      Objects.requireNonNull(scheduledFor, "scheduledFor");
      Objects.requireNonNull(trigger, "trigger");
      probes = List.copyOf(probes);
      Objects.requireNonNull(length, "length");
    }

    /** What of the plan matters with every event. */
    public static Plan of(Instant scheduledFor, String trigger, Experiment experiment) {
      return new Plan(
          scheduledFor,
          trigger,
          experiment.spec().probes().stream().map(Probe::name).sorted().toList(),
          seconds(experiment.spec().baseline()),
          !experiment.spec().hypothesis().stopConditions().isEmpty(),
          PlannedLength.of(experiment.spec()));
    }

    private static int seconds(Duration duration) {
      long whole = duration.plusNanos(999_999_999).toSeconds();
      return (int) Math.clamp(whole, 1, Integer.MAX_VALUE);
    }
  }

  /**
   * @param scheduledFor the instant it was due
   * @param reason why it did not take place
   */
  public record Skip(Instant scheduledFor, String reason) {

    public Skip {
      Objects.requireNonNull(scheduledFor, "scheduledFor");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * @param aborted whether it ended before its method was carried out
   * @param reason why; empty when it finished
   */
  public record End(boolean aborted, String reason) {

    public End {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * @param baseline whether the baseline was judged
   * @param breached the stop conditions that were breached
   * @param outcome the verdict's outcome and reason; null until it is reached
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Judged(boolean baseline, List<String> breached, Reached outcome) {

    public Judged {
      breached = List.copyOf(breached);
    }
  }

  /**
   * @param outcome as the verdict has it
   * @param reason as the verdict has it
   * @param at the verdict's event time
   */
  public record Reached(String outcome, String reason, Instant at) {}

  /** When the run was due; empty while neither its plan nor its skip was read. */
  public Optional<Instant> scheduledFor() {
    if (plan != null) {
      return Optional.of(plan.scheduledFor());
    }
    return Optional.ofNullable(skip).map(Skip::scheduledFor);
  }

  /** Whether the verdict is reached: nothing changes any more. */
  @JsonIgnore
  public boolean closed() {
    return judged.outcome() != null;
  }

  /** Whether a fault is live, as far as is known. */
  @JsonIgnore
  public boolean faultLive() {
    return faults.stream().anyMatch(FaultSpan::live);
  }

  /** Whether every window of the baseline of every probe was read. */
  @JsonIgnore
  public boolean baselineComplete() {
    return plan != null
        && plan.probes().stream()
            .allMatch(
                probe ->
                    windows.getOrDefault(probe, Indices.NONE).holdsFirst(plan.baselineWindows()));
  }

  /** Whether the baseline can no longer become complete, because the probes have ended before. */
  @JsonIgnore
  public boolean baselineTooThin() {
    return plan != null
        && (probeRefused
            || (expected != null
                && plan.probes().stream()
                    .anyMatch(probe -> expected.getOrDefault(probe, 0) < plan.baselineWindows())));
  }

  /** What the history still lacks, each in one phrase; empty when it can be judged. */
  @JsonIgnore
  public List<String> lacking() {
    List<String> lacking = new ArrayList<>();
    if (plan == null) {
      lacking.add("the run's plan");
    }
    if (end == null) {
      lacking.add("the run's end");
    }
    if (expected == null && !probeRefused) {
      lacking.add("the end of the probes");
    }
    if (expected != null) {
      new TreeMap<>(expected)
          .forEach(
              (probe, count) -> {
                int missing = windows.getOrDefault(probe, Indices.NONE).missingBelow(count);
                if (missing > 0) {
                  lacking.add(missing + " of " + count + " windows of probe " + probe);
                }
              });
    }
    for (FaultSpan fault : faults) {
      boolean mustEnd = fault.startedAt() != null || (end != null && !end.aborted());
      if (mustEnd && !fault.ended()) {
        lacking.add("the end of fault " + fault.fault());
      }
    }
    return List.copyOf(lacking);
  }

  /** Whether the other differs in nothing but which windows were read. */
  public boolean isButForWindows(Progress other) {
    return run.equals(other.run)
        && Objects.equals(plan, other.plan)
        && Objects.equals(skip, other.skip)
        && Objects.equals(end, other.end)
        && Objects.equals(probeStartedAt, other.probeStartedAt)
        && probeRefused == other.probeRefused
        && Objects.equals(expected, other.expected)
        && windows.keySet().equals(other.windows.keySet())
        && faults.equals(other.faults)
        && judged.equals(other.judged);
  }

  /** After one more event of the run; an event that comes again changes nothing. */
  public Progress with(Evidence evidence) {
    return Changes.after(settled(evidence.data()), evidence.data());
  }

  /** After every window of a history: what comes of one after another, at the cost of one. */
  public Progress withWindowsOf(History history) {
    Map<ProbeName, BitSet> seen = new HashMap<>();
    Progress[] settled = {this};
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            settled[0] = settled[0].settled(window);
            seen.computeIfAbsent(
                    window.probe(), probe -> windows.getOrDefault(probe, Indices.NONE).set())
                .set(window.index());
          }
        });
    Map<ProbeName, Indices> all = new HashMap<>(windows);
    seen.forEach((probe, set) -> all.put(probe, Indices.of(set)));
    Progress p = settled[0];
    return new Progress(
        p.run,
        p.plan,
        p.skip,
        p.end,
        p.probeStartedAt,
        p.probeRefused,
        p.expected,
        all,
        p.faults,
        p.judged);
  }

  /**
   * Whose run it is when events of one id disagree: the plan says so, and without a plan the first
   * by name, so that it makes no difference which of them was read first.
   */
  private Progress settled(RunData data) {
    boolean says =
        data instanceof RunPlanned || (plan == null && BY_NAME.compare(data.run(), run) < 0);
    return says && !data.run().equals(run) ? of(data.run(), this) : this;
  }

  private static Progress of(RunRef run, Progress p) {
    return new Progress(
        run,
        p.plan,
        p.skip,
        p.end,
        p.probeStartedAt,
        p.probeRefused,
        p.expected,
        p.windows,
        p.faults,
        p.judged);
  }

  /** After the baseline was judged. */
  public Progress withBaselineJudged() {
    return with(new Judged(true, judged.breached(), judged.outcome()));
  }

  /** After a stop condition was found breached. */
  public Progress withBreached(String condition) {
    List<String> breached = new ArrayList<>(judged.breached());
    breached.add(condition);
    return with(new Judged(judged.baseline(), breached, judged.outcome()));
  }

  /** After the verdict. */
  public Progress withVerdict(Reached reached) {
    return with(new Judged(judged.baseline(), judged.breached(), reached));
  }

  /**
   * The same run of which nothing is known but what was handed down about it.
   *
   * @param any as one of its events names it
   */
  public Progress afresh(RunRef any) {
    return of(any).with(judged);
  }

  private Progress with(Judged judged) {
    return new Progress(
        run, plan, skip, end, probeStartedAt, probeRefused, expected, windows, faults, judged);
  }
}
