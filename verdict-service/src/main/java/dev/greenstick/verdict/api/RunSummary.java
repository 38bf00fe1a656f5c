package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.verdict.history.Progress;
import java.time.Instant;
import java.util.Locale;

/**
 * A run in one line.
 *
 * @param run the run
 * @param scheduledFor the instant it was due; left out while neither plan nor skip was read
 * @param trigger what made it due; left out while its plan was not read
 * @param state skipped, planned, baseline, steady-state, fault, recovery, ended or judged
 * @param outcome the verdict's; left out until it is reached
 * @param reason the verdict's, or why the run was skipped; likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    RunRef run, Instant scheduledFor, String trigger, String state, String outcome, String reason) {

  static RunSummary of(Progress progress) {
    Progress.Plan plan = progress.plan();
    Progress.Reached reached = progress.judged().outcome();
    return new RunSummary(
        progress.run(),
        progress.scheduledFor().orElse(null),
        plan == null ? null : plan.trigger(),
        state(progress),
        reached == null ? null : reached.outcome().toLowerCase(Locale.ROOT),
        reason(progress));
  }

  private static String reason(Progress progress) {
    if (progress.closed()) {
      return progress.judged().outcome().reason();
    }
    return progress.skip() == null ? null : progress.skip().reason();
  }

  private static String state(Progress progress) {
    if (progress.closed()) {
      return "judged";
    }
    if (progress.skip() != null) {
      return "skipped";
    }
    if (progress.end() != null) {
      return "ended";
    }
    if (progress.faultLive()) {
      return "fault";
    }
    if (progress.faults().stream().anyMatch(fault -> fault.ended())) {
      return "recovery";
    }
    if (progress.judged().baseline()) {
      return "steady-state";
    }
    return progress.probeStartedAt() == null ? "planned" : "baseline";
  }
}
