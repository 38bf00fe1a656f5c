package dev.greenstick.command.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user may change about the demo.
 *
 * @param where the cluster
 * @param experiment a file with another experiment than the built-in one
 * @param fault a PodChaos spec that becomes the one fault of the method
 * @param baseline another length of the baseline
 * @param duration another length of every fault
 */
public record Choices(
    Where where,
    Optional<Path> experiment,
    Optional<JsonNode> fault,
    Optional<Duration> baseline,
    Optional<Duration> duration) {

  public Choices {
    Objects.requireNonNull(where, "where");
  }
}
