package dev.greenstick.contracts.health;

import dev.greenstick.contracts.RunData;

/** Events of the health topic. */
public sealed interface HealthEvent extends RunData
    permits ProbeStarted,
        ProbeRefused,
        ExpectationsLearned,
        HealthWindow,
        PodHealth,
        AlertObserved,
        ProbeFinished {}
