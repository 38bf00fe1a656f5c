package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;

/**
 * Events of the faults topic. A fault has at most one {@link FaultInjected} and exactly one end:
 * {@link FaultReverted}, {@link FaultRefused}, {@link FaultFailed} or, for a dry run, {@link
 * FaultRehearsed}. {@link FaultConflicted} is no end.
 */
public sealed interface FaultEvent extends RunData
    permits FaultInjected,
        FaultReverted,
        FaultRefused,
        FaultFailed,
        FaultRehearsed,
        FaultConflicted {

  /** The fault. Never null. */
  FaultId fault();

  /** The step it belongs to. Never null. */
  StepName step();

  @Override
  default String identity() {
    return fault().toString();
  }
}
