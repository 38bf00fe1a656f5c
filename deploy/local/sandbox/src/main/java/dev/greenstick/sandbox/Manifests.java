package dev.greenstick.sandbox;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Loads the access rules that ship, as YAML files, into a cluster. */
public final class Manifests {

  /** Kinds that say who may do what: all that the sandbox takes from files that also deploy. */
  private static final Set<ResourceType> LOADED =
      Set.of(
          ResourceTypes.NAMESPACES,
          ResourceTypes.SERVICE_ACCOUNTS,
          ResourceTypes.ROLES,
          ResourceTypes.ROLE_BINDINGS,
          ResourceTypes.CLUSTER_ROLES,
          ResourceTypes.CLUSTER_ROLE_BINDINGS);

  private Manifests() {}

  /**
   * Reads every object of the kinds that say who may do what.
   *
   * @param paths files, or directories whose {@code .yaml} and {@code .yml} files are read
   * @throws IOException naming the file that cannot be read
   */
  public static List<ObjectNode> read(List<Path> paths) throws IOException {
    List<ObjectNode> found = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          for (Path file : files.sorted().filter(Manifests::isYaml).toList()) {
            read(file, found);
          }
        }
      } else {
        read(path, found);
      }
    }
    return found;
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static void read(Path file, List<ObjectNode> found) throws IOException {
    try (MappingIterator<ObjectNode> documents =
        new YAMLMapper().readerFor(ObjectNode.class).readValues(file.toFile())) {
      while (documents.hasNext()) {
        ObjectNode document = documents.next();
        if (document != null && loaded(document)) {
          found.add(document);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean loaded(ObjectNode document) {
    return type(document).filter(LOADED::contains).isPresent();
  }

  private static java.util.Optional<ResourceType> type(ObjectNode document) {
    return ResourceTypes.ofKind(
        document.path("apiVersion").asText(), document.path("kind").asText());
  }

  /** Creates the objects, namespaces first; what is there already stays. */
  public static void create(Resources resources, List<ObjectNode> objects) {
    Stream<ObjectNode> namespaces =
        objects.stream().filter(each -> type(each).orElseThrow().equals(ResourceTypes.NAMESPACES));
    Stream<ObjectNode> others =
        objects.stream().filter(each -> !type(each).orElseThrow().equals(ResourceTypes.NAMESPACES));
    Stream.concat(namespaces, others)
        .forEach(
            object -> {
              ResourceType type = type(object).orElseThrow();
              String namespace =
                  type.namespaced()
                      ? object.path("metadata").path("namespace").asText("default")
                      : "";
              if (resources.get(type, namespace, Json.name(object)).isEmpty()) {
                create(resources, type, namespace, object);
              }
            });
  }

  private static void create(
      Resources resources, ResourceType type, String namespace, ObjectNode object) {
    try {
      resources.create(type, namespace, object, false);
    } catch (Refusal refusal) {
      throw new IllegalStateException(
          "%s %s of the manifests cannot be created: %s"
              .formatted(type.kind(), Json.name(object), refusal.getMessage()),
          refusal);
    }
  }
}
