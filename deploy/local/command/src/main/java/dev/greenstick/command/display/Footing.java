package dev.greenstick.command.display;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What it took to run all this.
 *
 * @param toFirstPrediction from the start of the first part to the first answered prediction; empty
 *     when there was none
 * @param memory resident bytes by part, in the order in which they are shown
 */
public record Footing(Optional<Duration> toFirstPrediction, Map<String, Long> memory) {}
