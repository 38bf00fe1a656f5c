package dev.greenstick.contracts.verdict;

import dev.greenstick.contracts.RunData;

/** Events of the verdicts topic. */
public sealed interface VerdictEvent extends RunData
    permits BaselineJudged, StopConditionBreached, VerdictReached {}
