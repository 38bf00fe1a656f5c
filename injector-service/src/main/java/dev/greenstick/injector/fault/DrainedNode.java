package dev.greenstick.injector.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Node-drain, as {@code kubectl drain} does it for a repair: cordon, evict, at the end uncordon.
 * One node, and no other node of the cluster meanwhile. A disruption budget that is used up is
 * waited for, until the command's deadline. Pods of DaemonSets stay, as there.
 */
record DrainedNode(Pods pods, Resources resources, NodeDrain spec) implements FaultDriver {

  private static final String UNSCHEDULABLE = "unschedulable";

  @Override
  public List<Problem> problems() {
    return spec.gracePeriod() != null && spec.gracePeriod() < 0
        ? List.of(new Problem("gracePeriod", "must not be negative, but is: " + spec.gracePeriod()))
        : List.of();
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    List<Pod> evictable =
        candidates.stream()
            .filter(pod -> !pod.node().isEmpty())
            .filter(pod -> pod.owner() == null || !pod.owner().kind().equals("DaemonSet"))
            .filter(pod -> !pod.annotations().containsKey("kubernetes.io/config.mirror"))
            .toList();
    if (evictable.isEmpty()) {
      throw ClusterException.refused(
          "none of the %d pods it matches can be evicted from a node: they are of DaemonSets, static, or not scheduled yet"
              .formatted(candidates.size()),
          null);
    }
    List<String> nodes = List.copyOf(new TreeSet<>(evictable.stream().map(Pod::node).toList()));
    String node = Choice.choose(Mode.ONE, null, nodes, seed).getFirst();
    ResourceRef on = find(node).ref();
    refuseSecond(on, null);
    return evictable.stream()
        .filter(pod -> pod.node().equals(node))
        .map(pod -> new Victim(pod.ref(), pod.images(), on))
        .toList();
  }

  private Resource find(String node) {
    return resources
        .get(new ResourceRef(ResourceType.NODE, "", node, ""))
        .orElseThrow(() -> ClusterException.refused("node " + node + " is gone", null));
  }

  private void refuseSecond(ResourceRef node, FaultId fault) {
    for (Resource held : resources.list(ResourceType.NODE, "", Hold.LABEL)) {
      if (fault == null || !held.label(Hold.LABEL).equals(fault.toString())) {
        throw ClusterException.refused(
            "%s cannot be drained while fault %s drains %s: one node at a time"
                .formatted(node, held.label(Hold.LABEL), held.ref()),
            null);
      }
    }
  }

  @Override
  public String method(List<Victim> victims) {
    return "node cordoned, pods evicted with "
        + (spec.gracePeriod() == null
            ? "their own grace period"
            : "a grace period of %d s".formatted(spec.gracePeriod()));
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    refuseSecond(victim.on(), fault);
    if (!Grip.take(
        resources, victim.on(), fault, UNSCHEDULABLE, JsonNodeFactory.instance.booleanNode(true))) {
      return false;
    }
    if (seen == null) {
      // Nobody knows what became of an earlier call: a pod that ends or is gone was evicted.
      Optional<Pod> pod = pods.get(victim.pod());
      if (pod.isEmpty() || pod.get().terminating()) {
        return true;
      }
    }
    return switch (pods.evict(victim.pod(), spec.gracePeriod())) {
      case Pods.Evicted.Done _ -> true;
      case Pods.Evicted.Gone _ -> false;
      // As kubectl drain: the pods that went before come back elsewhere, and then there is room.
      case Pods.Evicted.Forbidden forbidden ->
          throw ClusterException.unavailable(
              "pod %s cannot be evicted yet: %s".formatted(victim.pod(), forbidden.why()), null);
    };
  }

  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    Grip.Release release = Grip.release(resources, victim.on(), fault);
    boolean gone = pods.get(victim.pod()).filter(pod -> !pod.terminating()).isEmpty();
    return switch (release) {
      case CHANGED_MEANWHILE -> Optional.of(PodOutcome.CHANGED_MEANWHILE);
      case RESTORED -> Optional.of(gone ? PodOutcome.GONE : PodOutcome.RESTORED);
      case FREE, GONE -> gone ? Optional.of(PodOutcome.GONE) : Optional.empty();
    };
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.RESTORED;
  }
}
