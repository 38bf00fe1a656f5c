package dev.greenstick.probe.watch.kubernetes;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.probe.watch.PodState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what is told of a pod from the API's own object. */
final class PodReading {

  private PodReading() {}

  static PodRef ref(Pod pod) {
    return new PodRef(
        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), pod.getMetadata().getUid());
  }

  static PodState state(Pod pod) {
    PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    Optional<PodCondition> readiness =
        status.getConditions().stream()
            .filter(condition -> "Ready".equals(condition.getType()))
            .findFirst();
    boolean ready = readiness.filter(condition -> "True".equals(condition.getStatus())).isPresent();
    return new PodState(
        ref(pod),
        pod.getMetadata().getResourceVersion(),
        Objects.requireNonNullElse(status.getPhase(), "Unknown"),
        ready,
        status.getContainerStatuses().stream()
            .map(ContainerStatus::getRestartCount)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .sum(),
        pod.getSpec().getContainers().stream()
            .map(Container::getImage)
            .map(image -> Objects.requireNonNullElse(image, ""))
            .toList(),
        pod.getSpec().getNodeName(),
        ready ? null : reason(pod, status, readiness));
  }

  /** The nearest to the cause first: the container's reason, the pod's, the condition's. */
  private static String reason(Pod pod, PodStatus status, Optional<PodCondition> readiness) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return "Terminating";
    }
    return Stream.of(
            status.getContainerStatuses().stream().map(PodReading::reason),
            Stream.of(Optional.ofNullable(status.getReason())),
            Stream.of(readiness.map(PodCondition::getReason)))
        .flatMap(reasons -> reasons)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> reason(ContainerStatus status) {
    if (status.getState() == null) {
      return Optional.empty();
    }
    if (status.getState().getWaiting() != null) {
      return Optional.ofNullable(status.getState().getWaiting().getReason());
    }
    return Optional.ofNullable(status.getState().getTerminated())
        .map(terminated -> terminated.getReason());
  }
}
