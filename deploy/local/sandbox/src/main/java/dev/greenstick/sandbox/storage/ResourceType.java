package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One kind of object that the API server keeps.
 *
 * @param type fabric8's class of the kind: what does not fit it is refused
 * @param group API group, empty for the core group
 * @param version API version within the group
 * @param plural name in URLs
 * @param singular name that kubectl also accepts
 * @param kind name in objects
 * @param namespaced whether objects live in a namespace
 * @param shortNames what kubectl users type
 * @param categories groups of kinds such as {@code all}
 * @param subresources names of the subresources that are served
 */
public record ResourceType(
    Class<? extends HasMetadata> type,
    String group,
    String version,
    String plural,
    String singular,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<String> subresources) {

  static ResourceType of(Class<? extends HasMetadata> type, String... shortNames) {
    return new ResourceType(
        type,
        HasMetadata.getGroup(type) == null ? "" : HasMetadata.getGroup(type),
        HasMetadata.getVersion(type),
        HasMetadata.getPlural(type),
        HasMetadata.getSingular(type),
        HasMetadata.getKind(type),
        Namespaced.class.isAssignableFrom(type),
        List.of(shortNames),
        List.of(),
        Set.of());
  }

  /**
   * A kind that a custom resource definition adds, at one of its versions.
   *
   * @param subresources those that the version declares
   */
  static ResourceType custom(JsonNode spec, String version, Set<String> subresources) {
    JsonNode names = spec.path("names");
    String kind = names.path("kind").asText();
    return new ResourceType(
        GenericKubernetesResource.class,
        spec.path("group").asText(),
        version,
        names.path("plural").asText(),
        names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
        kind,
        spec.path("scope").asText().equals("Namespaced"),
        names.path("shortNames").valueStream().map(JsonNode::asText).toList(),
        names.path("categories").valueStream().map(JsonNode::asText).toList(),
        Set.copyOf(subresources));
  }

  /** Whether a custom resource definition has added it. */
  public boolean custom() {
    return type.equals(GenericKubernetesResource.class);
  }

  ResourceType with(String... served) {
    return new ResourceType(
        type,
        group,
        version,
        plural,
        singular,
        kind,
        namespaced,
        shortNames,
        categories,
        Set.of(served));
  }

  ResourceType inAll() {
    return new ResourceType(
        type,
        group,
        version,
        plural,
        singular,
        kind,
        namespaced,
        shortNames,
        List.of("all"),
        subresources);
  }

  /** {@code v1} or {@code apps/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Name as error messages show it: {@code pods} or {@code deployments.apps}. */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
