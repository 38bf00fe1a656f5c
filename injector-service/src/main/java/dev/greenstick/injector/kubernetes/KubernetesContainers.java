package dev.greenstick.injector.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.PodContainers;
import dev.greenstick.injector.cluster.PodContainers.Container;
import dev.greenstick.injector.cluster.Pods.Written;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The containers of a real API server's pods. */
public final class KubernetesContainers implements Containers {

  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);
  private static final String POD_SECURITY = "violates PodSecurity";

  private final KubernetesClient client;

  /**
   * @param client must not repeat calls by itself
   */
  public KubernetesContainers(KubernetesClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  @Override
  public Optional<PodContainers> look(PodRef pod) {
    return Calls.make(
        "get pod " + pod,
        () ->
            Optional.ofNullable(
                    client.pods().inNamespace(pod.namespace()).withName(pod.name()).get())
                .filter(each -> each.getMetadata().getUid().equals(pod.uid()))
                .map(KubernetesContainers::containers));
  }

  @Override
  public Ran run(PodRef pod, String container, List<String> command) {
    String what = "run a command in a container of pod " + pod;
    try {
      return ExecSocket.run(client, pod, container, command);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR) {
        // The container ends just now, or has: its state says which.
        return new Ran.NotStarted(e.getMessage());
      }
      throw Calls.failure(what, e);
    }
  }

  @Override
  public Written add(PodRef pod, Tool tool) {
    try {
      client
          .pods()
          .inNamespace(pod.namespace())
          .withName(pod.name())
          .ephemeralContainers()
          .patch(STRATEGIC, patch(pod, tool).toString());
      return Written.DONE;
    } catch (KubernetesClientException e) {
      if (Calls.isNotFound(e)) {
        return Written.GONE;
      }
      if (Calls.isConflict(e)) {
        return look(pod).isPresent() ? Written.CHANGED_MEANWHILE : Written.GONE;
      }
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
          && String.valueOf(e.getMessage()).contains(POD_SECURITY)) {
        throw ClusterException.refused(
            "an ephemeral container that may trace others is not allowed in namespace %s: %s"
                .formatted(pod.namespace(), e.getStatus().getMessage()),
            e);
      }
      throw Calls.failure("add an ephemeral container of pod " + pod, e);
    }
  }

  /** Root, whatever the pod says, since capabilities are of no use to anybody else. */
  private static ObjectNode patch(PodRef pod, Tool tool) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", pod.uid());
    ObjectNode container = patch.putObject("spec").putArray("ephemeralContainers").addObject();
    container
        .put("name", tool.name())
        .put("image", tool.image())
        .put("targetContainerName", tool.target())
        .put("terminationMessagePolicy", "FallbackToLogsOnError");
    tool.command().forEach(container.putArray("command")::add);
    ObjectNode security = container.putObject("securityContext");
    security.put("runAsUser", 0).put("runAsNonRoot", false);
    security.putObject("capabilities").putArray("add").add("SYS_PTRACE");
    return patch;
  }

  private static PodContainers containers(Pod pod) {
    var spec = pod.getSpec();
    Map<String, Container> containers = new HashMap<>();
    Map<String, Container> tools = new HashMap<>();
    spec.getContainers().forEach(each -> containers.put(each.getName(), NOT_REPORTED));
    spec.getEphemeralContainers().forEach(each -> tools.put(each.getName(), NOT_REPORTED));
    if (pod.getStatus() != null) {
      pod.getStatus()
          .getContainerStatuses()
          .forEach(each -> containers.put(each.getName(), container(each)));
      pod.getStatus()
          .getEphemeralContainerStatuses()
          .forEach(each -> tools.put(each.getName(), container(each)));
    }
    return new PodContainers(
        pod.getMetadata().getDeletionTimestamp() != null,
        Boolean.TRUE.equals(spec.getShareProcessNamespace())
            || Boolean.TRUE.equals(spec.getHostPID()),
        containers,
        tools);
  }

  private static final Container NOT_REPORTED = new Container("", null, Map.of(), "", "");

  private static Container container(ContainerStatus status) {
    Map<String, Integer> ended = new HashMap<>();
    put(ended, status.getLastState());
    put(ended, status.getState());
    ContainerState state = status.getState();
    String waiting = "";
    String said = "";
    Instant since = null;
    if (state != null && state.getWaiting() != null) {
      waiting = join(state.getWaiting().getReason(), state.getWaiting().getMessage());
    } else if (state != null && state.getTerminated() != null) {
      said = join(state.getTerminated().getReason(), state.getTerminated().getMessage());
    } else if (state != null && state.getRunning() != null) {
      since = instant(state.getRunning().getStartedAt());
    }
    return new Container(
        Objects.requireNonNullElse(status.getContainerID(), ""), since, ended, waiting, said);
  }

  private static void put(Map<String, Integer> ended, ContainerState state) {
    if (state != null
        && state.getTerminated() != null
        && state.getTerminated().getContainerID() != null
        && state.getTerminated().getExitCode() != null) {
      ended.put(state.getTerminated().getContainerID(), state.getTerminated().getExitCode());
    }
  }

  private static String join(String reason, String message) {
    return message == null || message.isBlank()
        ? Objects.requireNonNullElse(reason, "")
        : reason + ": " + message;
  }

  private static Instant instant(String time) {
    try {
      return time == null ? null : Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw ClusterException.refused("the API server gives a time that is none: " + time, e);
    }
  }
}
