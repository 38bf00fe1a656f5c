package dev.greenstick.verdict.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.time.Instant;
import java.util.Objects;

/**
 * When a fault was live, by the injector's clock.
 *
 * @param fault the fault
 * @param step the step it belongs to; null until that is read
 * @param startedAt just before the first change; null when it was not injected, as far as is known
 * @param ended whether its end was told: reverted or failed, or refused and never injected
 * @param endedAt just after the last change back; null while it is live, and when nothing was
 *     touched
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultSpan(
    FaultId fault, StepName step, Instant startedAt, boolean ended, Instant endedAt) {

  public FaultSpan {
    Objects.requireNonNull(fault, "fault");
  }

  static FaultSpan ordered(FaultId fault) {
    return new FaultSpan(fault, null, null, false, null);
  }

  /** Should two steps claim it, the first by name counts, whichever came first. */
  FaultSpan of(StepName name) {
    StepName first = step == null || name.compareTo(step) < 0 ? name : step;
    return new FaultSpan(fault, first, startedAt, ended, endedAt);
  }

  FaultSpan startedAt(Instant instant) {
    return new FaultSpan(fault, step, instant, endedAt != null, endedAt);
  }

  /** Of several ends the last one counts: until then something may have been touched. */
  FaultSpan endedAt(Instant instant) {
    Instant last = endedAt == null || instant.isAfter(endedAt) ? instant : endedAt;
    return new FaultSpan(fault, step, startedAt, true, last);
  }

  /** Ends what was not injected; of what was, a refused second command is not the end. */
  FaultSpan refused() {
    return startedAt == null ? new FaultSpan(fault, step, null, true, endedAt) : this;
  }

  /** Whether it was injected and its end is not known. */
  public boolean live() {
    return startedAt != null && !ended;
  }

  /** Whether it was live at some instant from {@code from} to {@code to}, the latter excluded. */
  public boolean overlaps(Instant from, Instant to) {
    return startedAt != null
        && startedAt.isBefore(to)
        && (endedAt == null || endedAt.isAfter(from));
  }
}
