package dev.greenstick.verdict.live;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;

/**
 * What a subscriber wants to hear of; decided by headers alone, so that nothing else is parsed.
 *
 * @param run of this run; empty for any, as the others
 * @param experiment of runs of this experiment
 * @param cluster of runs on this cluster
 * @param types events of these types
 */
public record Wanted(
    Optional<RunId> run,
    Optional<ExperimentName> experiment,
    Optional<ClusterName> cluster,
    Set<String> types) {

  public Wanted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(cluster, "cluster");
    types = Set.copyOf(types);
  }

  boolean passes(Headers headers) {
    return is(headers, CloudEventHeaders.SUBJECT, run)
        && is(headers, CloudEventHeaders.EXPERIMENT, experiment)
        && is(headers, CloudEventHeaders.CLUSTER, cluster)
        && (types.isEmpty()
            || types.contains(
                String.valueOf(CloudEventHeaders.text(headers, CloudEventHeaders.TYPE))));
  }

  private static boolean is(Headers headers, String header, Optional<?> wanted) {
    return wanted
        .map(value -> value.toString().equals(CloudEventHeaders.text(headers, header)))
        .orElse(true);
  }
}
