package dev.greenstick.injector.kubernetes;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The pods of a real API server. */
public final class KubernetesPods implements Pods {

  /**
   * Containers are merged by name: a patch that names some leaves the others, and their other
   * fields, alone.
   */
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;
  private final long pageSize;

  /**
   * @param client must not repeat calls by itself: after a repeated DELETE nobody could tell
   *     whether the first one had killed
   */
  public KubernetesPods(KubernetesClient client) {
    this(client, Pages.SIZE);
  }

  KubernetesPods(KubernetesClient client, long pageSize) {
    this.client = Objects.requireNonNull(client, "client");
    this.pageSize = pageSize;
  }

  @Override
  public List<Pod> list(PodQuery query) {
    if (!query.names().isEmpty()) {
      return query.names().stream()
          .flatMap(name -> read(query.namespace(), name).stream())
          .toList();
    }
    return Calls.make(
        "list pods in namespace " + query.namespace(),
        () ->
            Pages.all(
                client.pods().inNamespace(query.namespace())::list,
                KubernetesPods::pod,
                query.labels(),
                query.fields(),
                pageSize));
  }

  @Override
  public Optional<Pod> get(PodRef pod) {
    return read(pod.namespace(), pod.name()).filter(each -> each.ref().equals(pod));
  }

  private Optional<Pod> read(String namespace, String name) {
    return Calls.make(
        "get pod %s/%s".formatted(namespace, name),
        () ->
            Optional.ofNullable(client.pods().inNamespace(namespace).withName(name).get())
                .map(KubernetesPods::pod));
  }

  @Override
  public Written patch(Pod seen, PodChange change) {
    PodRef pod = seen.ref();
    return Calls.write(
        "patch pod " + pod,
        () -> {
          client
              .pods()
              .inNamespace(pod.namespace())
              .withName(pod.name())
              .patch(STRATEGIC, PodPatch.json(seen, change));
          return Written.DONE;
        });
  }

  @Override
  public Written delete(PodRef pod, long graceSeconds) {
    Written written =
        Calls.delete(
            client,
            "delete pod " + pod,
            "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name()),
            pod.uid(),
            graceSeconds);
    // A conflict may also mean that another pod has the name by now.
    return written == Written.CHANGED_MEANWHILE && get(pod).isEmpty() ? Written.GONE : written;
  }

  @Override
  public Evicted evict(PodRef pod, Long graceSeconds) {
    Eviction eviction =
        new EvictionBuilder()
            .withNewMetadata()
            .withNamespace(pod.namespace())
            .withName(pod.name())
            .endMetadata()
            .withDeleteOptions(
                new DeleteOptionsBuilder()
                    .withGracePeriodSeconds(graceSeconds)
                    .withNewPreconditions()
                    .withUid(pod.uid())
                    .endPreconditions()
                    .build())
            .build();
    try {
      String answer =
          client.raw(
              "/api/v1/namespaces/%s/pods/%s/eviction".formatted(pod.namespace(), pod.name()),
              "POST",
              eviction);
      return answer == null ? new Evicted.Gone() : new Evicted.Done();
    } catch (KubernetesClientException e) {
      // A conflict is another pod of this name, or another write that came in between.
      if (Calls.isNotFound(e) || Calls.isConflict(e) && get(pod).isEmpty()) {
        return new Evicted.Gone();
      }
      if (Calls.isForbiddenByBudget(e)) {
        return new Evicted.Forbidden(e.getStatus().getMessage());
      }
      throw Calls.failure("evict pod " + pod, e);
    }
  }

  private static Pod pod(io.fabric8.kubernetes.api.model.Pod pod) {
    var metadata = pod.getMetadata();
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return new Pod(
        new PodRef(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        metadata.getResourceVersion(),
        Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
        Objects.requireNonNullElse(phase, ""),
        Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
        metadata.getDeletionTimestamp() != null,
        new Images(
            images(pod.getSpec().getContainers()), images(pod.getSpec().getInitContainers())),
        owner(metadata),
        pod.getStatus() != null
            && pod.getStatus().getConditions().stream()
                .anyMatch(
                    each -> each.getType().equals("Ready") && each.getStatus().equals("True")));
  }

  private static Pod.Owner owner(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .filter(each -> Boolean.TRUE.equals(each.getController()))
        .map(each -> new Pod.Owner(each.getKind(), each.getName(), each.getUid()))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> images(List<Container> containers) {
    Map<String, String> images = new TreeMap<>();
    containers.forEach(each -> images.put(each.getName(), each.getImage()));
    return images;
  }
}
