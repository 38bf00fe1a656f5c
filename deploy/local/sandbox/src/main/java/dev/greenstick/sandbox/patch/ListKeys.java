package dev.greenstick.sandbox.patch;

import java.util.Map;
import java.util.Optional;

/**
 * Which lists are merged by a key: the {@code patchMergeKey} tags of Kubernetes' API types, for the
 * kinds that the sandbox serves.
 */
final class ListKeys {

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("env", "name"),
          Map.entry("volumes", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("secrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("conditions", "type"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("podIPs", "ip"),
          Map.entry("hostIPs", "ip"),
          Map.entry("taints", "key"));

  private ListKeys() {}

  /**
   * The key of a list's elements.
   *
   * @param parent field that holds the field, empty at the top
   * @return empty when the list is replaced as a whole
   */
  static Optional<String> of(String parent, String field) {
    return switch (field) {
      case "ports" ->
          switch (parent) {
            case "containers", "initContainers" -> Optional.of("containerPort");
            case "spec" -> Optional.of("port");
            default -> Optional.empty();
          };
      case "addresses" -> parent.equals("status") ? Optional.of("type") : Optional.empty();
      default -> Optional.ofNullable(KEYS.get(field));
    };
  }

  /** Whether a list of plain values is merged as a set. */
  static boolean isSet(String field) {
    return field.equals("finalizers");
  }
}
