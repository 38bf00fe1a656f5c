package dev.greenstick.injector.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.cluster.Workloads;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Reach;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Scale-down: the workloads that own the pods keep fewer replicas. All pods of such a workload are
 * victims: which of them go is the workload's controller's choice, and the others bear their load.
 */
record ScaledDown(Pods pods, Resources resources, ScaleDown spec) implements FaultDriver {

  private static final String REPLICAS = "replicas";

  @Override
  public List<Problem> problems() {
    return spec.replicas() < 0
        ? List.of(new Problem(REPLICAS, "must not be negative, but is: " + spec.replicas()))
        : List.of();
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    Map<ResourceRef, Resource> workloads = new HashMap<>();
    Map<Pod.Owner, ResourceRef> known = new HashMap<>();
    List<Victim> victims =
        candidates.stream()
            .map(pod -> new Victim(pod.ref(), pod.images(), workload(pod, known, workloads)))
            .toList();
    for (Resource workload : workloads.values()) {
      int now = workload.body().path("spec").path(REPLICAS).asInt(1);
      if (now <= spec.replicas()) {
        throw ClusterException.refused(
            "%s has %d replicas: scaling it to %d would not be down"
                .formatted(workload.ref(), now, spec.replicas()),
            null);
      }
    }
    return victims;
  }

  private ResourceRef workload(
      Pod pod, Map<Pod.Owner, ResourceRef> known, Map<ResourceRef, Resource> workloads) {
    if (pod.owner() == null) {
      throw ownerless(pod.ref(), "nothing");
    }
    ResourceRef found = known.get(pod.owner());
    if (found == null) {
      Resource workload =
          Workloads.of(resources, pod)
              .orElseThrow(
                  () ->
                      ownerless(
                          pod.ref(),
                          "%s %s, or it is gone"
                              .formatted(pod.owner().kind(), pod.owner().name())));
      found = workload.ref();
      known.put(pod.owner(), found);
      workloads.put(found, workload);
    }
    return found;
  }

  private static ClusterException ownerless(PodRef pod, String owner) {
    return ClusterException.refused(
        "pod %s belongs to %s: only a Deployment, ReplicaSet or StatefulSet can be scaled down; narrow the selector"
            .formatted(pod, owner),
        null);
  }

  @Override
  public Reach reach(List<Victim> victims) {
    return new Reach.Keeps(
        victims.stream().map(Victim::pod).collect(Collectors.toSet()), spec.replicas());
  }

  @Override
  public String method(List<Victim> victims) {
    return "spec.replicas of the owning workloads patched to " + spec.replicas();
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    return Grip.take(
        resources,
        victim.on(),
        fault,
        REPLICAS,
        JsonNodeFactory.instance.numberNode(spec.replicas()));
  }

  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    return switch (Grip.release(resources, victim.on(), fault)) {
      case CHANGED_MEANWHILE -> Optional.of(PodOutcome.CHANGED_MEANWHILE);
      case RESTORED -> Optional.of(outcome(victim.pod()));
      case FREE ->
          pods.get(victim.pod()).isPresent() ? Optional.empty() : Optional.of(PodOutcome.GONE);
      case GONE -> Optional.of(PodOutcome.GONE);
    };
  }

  private PodOutcome outcome(PodRef pod) {
    return pods.get(pod).filter(each -> !each.terminating()).isPresent()
        ? PodOutcome.RESTORED
        : PodOutcome.GONE;
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.RESTORED;
  }
}
