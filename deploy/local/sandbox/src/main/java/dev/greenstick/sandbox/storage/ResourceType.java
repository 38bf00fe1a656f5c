package dev.greenstick.sandbox.storage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.List;
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
