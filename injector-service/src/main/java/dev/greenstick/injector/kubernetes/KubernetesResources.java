package dev.greenstick.injector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The other objects of a real API server. */
public final class KubernetesResources implements Resources {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;

  /**
   * @param client must not repeat calls by itself
   */
  public KubernetesResources(KubernetesClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  @Override
  public boolean serves(ResourceType type) {
    String group = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
    return Calls.make(
        "discover " + group,
        () -> {
          JsonNode served = Json.mapper().valueToTree(client.getApiResources(type.apiVersion()));
          return served
              .path("resources")
              .valueStream()
              .anyMatch(each -> each.path("name").asText().equals(type.plural()));
        });
  }

  @Override
  public Optional<Resource> get(ResourceRef ref) {
    return Calls.make(
        "get " + ref,
        () ->
            Optional.ofNullable(in(ref.type(), ref.namespace()).withName(ref.name()).get())
                .map(each -> resource(ref.type(), each)));
  }

  @Override
  public List<Resource> list(ResourceType type, String namespace, String labels) {
    try {
      return Pages.all(
          in(type, namespace)::list, each -> resource(type, each), labels, "", Pages.SIZE);
    } catch (KubernetesClientException e) {
      if (Calls.isNotFound(e)) {
        return List.of();
      }
      throw Calls.failure("list %s %s".formatted(type.plural(), namespace), e);
    }
  }

  @Override
  public void create(ResourceRef ref, ObjectNode body) {
    try {
      Resource created =
          resource(
              ref.type(),
              in(ref.type(), ref.namespace())
                  .resource(Json.mapper().convertValue(body, GenericKubernetesResource.class))
                  .create());
      Objects.requireNonNull(created, "created");
    } catch (KubernetesClientException e) {
      if (!Calls.isConflict(e)) {
        throw Calls.failure("create " + ref, e);
      }
    }
  }

  @Override
  public Written patch(Resource seen, ObjectNode patch) {
    ResourceRef ref = seen.ref();
    ObjectNode conditional = patch.deepCopy();
    conditional.withObject("/metadata").put("resourceVersion", seen.resourceVersion());
    return Calls.write(
        "patch " + ref,
        () -> {
          in(ref.type(), ref.namespace()).withName(ref.name()).patch(MERGE, conditional.toString());
          return Written.DONE;
        });
  }

  @Override
  public Written delete(ResourceRef ref) {
    return Calls.delete(
        client,
        "delete " + ref,
        "/apis/%s/namespaces/%s/%s/%s"
            .formatted(ref.type().apiVersion(), ref.namespace(), ref.type().plural(), ref.name()),
        ref.uid(),
        null);
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
          io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
      in(ResourceType type, String namespace) {
    var all =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(type.group())
                .withVersion(type.version())
                .withPlural(type.plural())
                .withKind(type.kind())
                .withNamespaced(type.namespaced())
                .build());
    return type.namespaced() ? all.inNamespace(namespace) : all;
  }

  private static Resource resource(ResourceType type, GenericKubernetesResource object) {
    return Resource.of(type, Json.mapper().valueToTree(object));
  }
}
