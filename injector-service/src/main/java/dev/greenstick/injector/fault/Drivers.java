package dev.greenstick.injector.fault;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ChaosMesh;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.target.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The faults that this injector can carry out.
 *
 * @param pods the cluster's pods
 * @param resources what else of the cluster faults need
 * @param containers the containers of the cluster's pods
 * @param pauseImage runs and serves nothing; best one that is on the nodes already
 * @param toolImage what ephemeral containers run for container-kill; empty for none
 */
public record Drivers(
    Pods pods, Resources resources, Containers containers, String pauseImage, String toolImage) {

  private static final List<String> CAPABILITIES =
      List.of(
          "pod-failure",
          "pod-kill",
          "container-kill",
          "network-deny",
          "scale-down",
          "node-drain",
          "chaos-mesh");

  public Drivers {
    Objects.requireNonNull(pods, "pods");
    Objects.requireNonNull(resources, "resources");
    Objects.requireNonNull(containers, "containers");
    Objects.requireNonNull(pauseImage, "pauseImage");
    Objects.requireNonNull(toolImage, "toolImage");
  }

  /** What a heartbeat announces. */
  public List<String> capabilities() {
    return CAPABILITIES;
  }

  /** The driver that carries out a specification. */
  public FaultDriver of(Fault spec) {
    return switch (spec) {
      case PodChaos chaos ->
          switch (chaos.action()) {
            case POD_FAILURE -> new PodFailure(pods, chaos, pauseImage);
            case POD_KILL -> new PodKill(pods, chaos);
            case CONTAINER_KILL -> new ContainerKill(containers, chaos, toolImage);
          };
      case NetworkDeny deny -> new DeniedNetwork(pods, resources, deny);
      case ScaleDown scale -> new ScaledDown(pods, resources, scale);
      case NodeDrain drain -> new DrainedNode(pods, resources, drain);
      case ChaosMesh chaos -> new ChaosResource(pods, resources, chaos);
    };
  }

  /** Everything about a specification that cannot be carried out; empty when all can. Pure. */
  public List<Problem> problems(Fault spec) {
    List<Problem> problems = new ArrayList<>(of(spec).problems());
    if (spec.duration().isNegative() || spec.duration().isZero()) {
      problems.add(new Problem("duration", "must be above 0, but is: " + spec.duration()));
    }
    return problems;
  }

  /** Whether nobody but Chaos Mesh knows which of the victims a fault has. */
  public boolean hidesVictims(Fault spec) {
    return spec instanceof ChaosMesh;
  }

  /** How many replicas a workload had before a fault scaled it down; 0 when none did. */
  public int replicasBefore(Resource workload) {
    return Grip.of(workload).map(grip -> grip.before().asInt()).orElse(0);
  }

  /** The labels that pods which faults have changed are found by. */
  public List<String> marks() {
    return List.of(Hold.LABEL, DeniedNetwork.MARK);
  }

  /** The faults that a pod says it has; its word, not the ledger's. */
  public Set<FaultId> on(Pod pod) {
    Set<FaultId> faults = new TreeSet<>(DeniedNetwork.deniedBy(pod));
    Hold.of(pod).ifPresent(hold -> faults.addAll(hold.faults()));
    return faults;
  }

  /** Takes a fault off a pod that says it has it; true when it still had it. */
  public boolean release(Pod pod, FaultId fault) {
    if (DeniedNetwork.deniedBy(pod).contains(fault)) {
      return DeniedNetwork.undo(resources, pods, fault, pod.ref())
          .filter(outcome -> outcome != PodOutcome.GONE)
          .isPresent();
    }
    return PodFailure.undo(pods, fault, pod.ref())
        .filter(outcome -> outcome != PodOutcome.GONE)
        .isPresent();
  }

  /** The kinds of objects beside pods that faults change or create, with {@link Hold#LABEL}. */
  public List<ResourceType> changed() {
    List<ResourceType> types = new ArrayList<>(ResourceType.WORKLOADS);
    types.add(ResourceType.NODE);
    types.add(ResourceType.NETWORK_POLICY);
    ChaosResource.types().stream().filter(resources::serves).forEach(types::add);
    return types;
  }

  /** Takes a fault off an object that carries its label. Does nothing when it does not have it. */
  public void release(Resource held, FaultId fault) {
    ResourceType type = held.ref().type();
    if (type.equals(ResourceType.NETWORK_POLICY)) {
      DeniedNetwork.podOf(held, fault)
          .ifPresent(pod -> DeniedNetwork.undo(resources, pods, fault, pod));
    } else if (type.group().equals(ChaosResource.GROUP)) {
      ChaosResource.delete(resources, held);
    } else {
      Grip.release(resources, held.ref(), fault);
    }
  }
}
