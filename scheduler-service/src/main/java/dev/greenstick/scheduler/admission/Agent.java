package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.agent.AgentHeartbeat.Kind;
import dev.greenstick.contracts.id.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An agent that was heard of.
 *
 * @param cluster the cluster it serves
 * @param name its name, unique within the cluster
 * @param kind what it does
 * @param version its software's version
 * @param capabilities what it can carry out
 * @param heardAt when it was heard last, by the scheduler's clock: those of agents may be wrong
 */
public record Agent(
    ClusterName cluster,
    String name,
    Kind kind,
    String version,
    List<String> capabilities,
    Instant heardAt) {

  public Agent {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(version, "version");
    capabilities = List.copyOf(capabilities);
    Objects.requireNonNull(heardAt, "heardAt");
  }

  /** The agent whose heartbeat is heard at {@code now}. */
  public static Agent of(AgentHeartbeat beat, Instant now) {
    return new Agent(
        beat.cluster(), beat.agent(), beat.kind(), beat.version(), beat.capabilities(), now);
  }
}
