package dev.greenstick.contracts.agent;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An agent is alive and able to act.
 *
 * @param cluster the cluster it serves
 * @param agent its name, unique within the cluster
 * @param kind what it does
 * @param version the software's version
 * @param capabilities what it can carry out: fault names, serving protocols
 * @param at when it said so
 */
@EventType("dev.greenstick.agent.heartbeat.v1")
public record AgentHeartbeat(
    ClusterName cluster,
    String agent,
    Kind kind,
    String version,
    List<String> capabilities,
    Instant at)
    implements AgentEvent {

  public AgentHeartbeat {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(version, "version");
    capabilities = List.copyOf(capabilities);
    Objects.requireNonNull(at, "at");
  }

  @Override
  public String key() {
    return cluster.value() + "/" + agent;
  }

  @Override
  public String identity() {
    return at.toString();
  }

  @Override
  public Optional<ClusterName> aboutCluster() {
    return Optional.of(cluster);
  }

  @Override
  public Optional<ExperimentName> aboutExperiment() {
    return Optional.empty();
  }

  /** What an agent does. */
  public enum Kind {
    @JsonProperty("injector")
    INJECTOR,
    @JsonProperty("probe")
    PROBE
  }
}
