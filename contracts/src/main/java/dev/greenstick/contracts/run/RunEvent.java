package dev.greenstick.contracts.run;

import dev.greenstick.contracts.RunData;

/** Events of the runs topic. */
public sealed interface RunEvent extends RunData
    permits RunPlanned, StepStarted, RunHalted, RunReplaced, RunFinished, RunAborted, RunSkipped {}
