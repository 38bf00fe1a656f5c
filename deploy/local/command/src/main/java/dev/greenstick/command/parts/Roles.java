package dev.greenstick.command.parts;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The roles that ship, for more namespaces than the one they are written for: what an administrator
 * does who allows experiments in another namespace.
 */
final class Roles {

  private static final String WRITTEN_FOR = "default";
  private static final Set<String> PER_NAMESPACE = Set.of("Role", "RoleBinding");

  private Roles() {}

  /** Writes them for these namespaces, which come into being with them; returns the files. */
  static List<Path> write(Path shipped, Set<String> namespaces, Path into) throws IOException {
    List<ObjectNode> roles = perNamespace(shipped);
    List<Path> written = new ArrayList<>();
    YAMLMapper yaml = new YAMLMapper();
    Files.createDirectories(into);
    for (String namespace : namespaces) {
      if (namespace.equals(WRITTEN_FOR)) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      ObjectNode itself = yaml.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
      itself.putObject("metadata").put("name", namespace);
      text.append(yaml.writeValueAsString(itself));
      for (ObjectNode role : roles) {
        ObjectNode copy = role.deepCopy();
        copy.withObject("/metadata").put("namespace", namespace);
        text.append(yaml.writeValueAsString(copy));
      }
      Path file = into.resolve(namespace + ".yaml");
      written.add(Files.writeString(file, text));
    }
    return written;
  }

  private static List<ObjectNode> perNamespace(Path shipped) throws IOException {
    List<ObjectNode> roles = new ArrayList<>();
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        try (MappingIterator<ObjectNode> documents =
            new YAMLMapper().readerFor(ObjectNode.class).readValues(file.toFile())) {
          documents.forEachRemaining(
              document -> {
                if (isPerNamespace(document)) {
                  roles.add(document);
                }
              });
        }
      }
    }
    return roles;
  }

  private static boolean isPerNamespace(ObjectNode document) {
    return PER_NAMESPACE.contains(document.path("kind").asText())
        && document.path("metadata").path("namespace").asText().equals(WRITTEN_FOR);
  }
}
