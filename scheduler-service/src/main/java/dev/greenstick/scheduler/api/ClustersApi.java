package dev.greenstick.scheduler.api;

import dev.greenstick.contracts.agent.AgentHeartbeat.Kind;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.Agent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Clusters and their agents, as their heartbeats tell. */
@Path("/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clusters")
public class ClustersApi {

  private final HeldState held;
  private final Admission admission;
  private final InstantSource clock;

  ClustersApi(HeldState held, Admission admission, InstantSource clock) {
    this.held = held;
    this.admission = admission;
    this.clock = clock;
  }

  /** The clusters that are served, and others that agents were heard from. */
  public record Listed(List<Cluster> clusters) {}

  /**
   * A cluster.
   *
   * @param name its name
   * @param served whether the scheduler is set to serve it; runs on others are skipped
   * @param online whether it has an injector and a probe that were heard lately; runs are skipped
   *     otherwise
   * @param agents those that were heard of, by name
   */
  public record Cluster(String name, boolean served, boolean online, List<Heard> agents) {}

  /**
   * An agent.
   *
   * @param name unique within the cluster
   * @param kind injector or probe
   * @param version its software's version
   * @param capabilities what it can carry out: fault names, serving protocols
   * @param lastSeen when it was heard last, by the scheduler's clock
   * @param online whether that was lately
   */
  public record Heard(
      String name,
      Kind kind,
      String version,
      List<String> capabilities,
      Instant lastSeen,
      boolean online) {}

  @GET
  @Operation(summary = "List the clusters and their agents")
  public Listed list(@Context UriInfo asked) {
    Map<String, List<Agent>> clusters = new TreeMap<>();
    admission.clusters().forEach(served -> clusters.put(served.value(), new ArrayList<>()));
    held.agents(asked)
        .forEach(
            agent ->
                clusters
                    .computeIfAbsent(agent.cluster().value(), _ -> new ArrayList<>())
                    .add(agent));
    return new Listed(
        clusters.entrySet().stream()
            .map(entry -> cluster(entry.getKey(), entry.getValue()))
            .toList());
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "Get a cluster and its agents")
  public Cluster get(@PathParam("name") String name, @Context UriInfo asked) {
    ClusterName cluster = name(name);
    List<Agent> agents =
        held.agents(asked).stream().filter(agent -> agent.cluster().equals(cluster)).toList();
    if (agents.isEmpty() && !admission.clusters().contains(cluster)) {
      throw Refusal.notFound("cluster " + cluster + " is not served, and no agent of it was heard");
    }
    return cluster(name, agents);
  }

  private Cluster cluster(String name, List<Agent> agents) {
    Instant now = clock.instant();
    return new Cluster(
        name,
        admission.clusters().contains(new ClusterName(name)),
        admission.isOnline(agents, now),
        agents.stream()
            .map(
                agent ->
                    new Heard(
                        agent.name(),
                        agent.kind(),
                        agent.version(),
                        agent.capabilities(),
                        agent.heardAt(),
                        admission.isHeard(agent, now)))
            .toList());
  }

  private static ClusterName name(String text) {
    try {
      return new ClusterName(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("name", e.getMessage());
    }
  }
}
