package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.EventData;

/** Events of the experiments topic. */
public sealed interface ExperimentEvent extends EventData permits ExperimentDefined {}
