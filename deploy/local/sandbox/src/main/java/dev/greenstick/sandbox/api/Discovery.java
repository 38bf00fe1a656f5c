package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells clients which kinds there are, and as much OpenAPI as kubectl needs to write objects. */
final class Discovery {

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  /** Kinds that are asked and not kept, by group version. */
  private static final Map<String, List<String[]>> REVIEWS =
      Map.of(
          "authorization.k8s.io/v1",
          List.of(
              new String[] {"selfsubjectaccessreviews", "SelfSubjectAccessReview"},
              new String[] {"selfsubjectrulesreviews", "SelfSubjectRulesReview"},
              new String[] {"subjectaccessreviews", "SubjectAccessReview"}),
          "authentication.k8s.io/v1",
          List.of(new String[][] {{"selfsubjectreviews", "SelfSubjectReview"}}));

  private Discovery() {}

  /**
   * The answer to a discovery path, empty when it is none.
   *
   * @param types all kinds that are served now
   */
  static Optional<ObjectNode> answer(String path, String serverAddress, List<ResourceType> types) {
    String trimmed = path.replaceAll("/+$", "");
    return switch (trimmed) {
      case "/api" -> Optional.of(coreVersions(serverAddress));
      case "/apis" -> Optional.of(groups(types));
      case "/version" -> Optional.of(version());
      case "/openapi/v2" -> Optional.of(swagger());
      case "/openapi/v3" -> Optional.of(openApiRoot(types));
      default -> nested(trimmed, types);
    };
  }

  private static Optional<ObjectNode> nested(String path, List<ResourceType> types) {
    if (path.startsWith("/openapi/v3/")) {
      String groupVersion = groupVersion(path.substring("/openapi/v3".length()));
      return byGroupVersion(types).containsKey(groupVersion)
          ? Optional.of(openApi(groupVersion, types))
          : Optional.empty();
    }
    String groupVersion = groupVersion(path);
    if (byGroupVersion(types).containsKey(groupVersion) || REVIEWS.containsKey(groupVersion)) {
      return Optional.of(resources(groupVersion, types));
    }
    if (path.matches("/apis/[^/]+")) {
      String name = path.substring("/apis/".length());
      for (var group : groups(types).withArrayProperty("groups")) {
        if (group.path("name").asText().equals(name)) {
          ObjectNode alone = group.deepCopy();
          return Optional.of(alone.put("kind", "APIGroup").put("apiVersion", "v1"));
        }
      }
    }
    return Optional.empty();
  }

  private static String groupVersion(String path) {
    return path.startsWith("/apis/")
        ? path.substring("/apis/".length())
        : path.startsWith("/api/") ? path.substring("/api/".length()) : "";
  }

  private static Map<String, List<ResourceType>> byGroupVersion(List<ResourceType> types) {
    Map<String, List<ResourceType>> found = new TreeMap<>();
    for (ResourceType type : types) {
      found.merge(
          type.apiVersion(),
          List.of(type),
          (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream()).toList());
    }
    return found;
  }

  private static ObjectNode coreVersions(String serverAddress) {
    ObjectNode answer = Json.MAPPER.createObjectNode().put("kind", "APIVersions");
    answer.putArray("versions").add("v1");
    answer
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", serverAddress);
    return answer;
  }

  private static ObjectNode groups(List<ResourceType> types) {
    ObjectNode answer =
        Json.MAPPER.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = answer.putArray("groups");
    TreeMap<String, String> versions = new TreeMap<>();
    byGroupVersion(types).keySet().forEach(each -> versions.put(each, each));
    REVIEWS.keySet().forEach(each -> versions.put(each, each));
    for (String groupVersion : versions.keySet()) {
      int slash = groupVersion.indexOf('/');
      if (slash < 0) {
        continue;
      }
      ObjectNode group = groups.addObject().put("name", groupVersion.substring(0, slash));
      group
          .putArray("versions")
          .addObject()
          .put("groupVersion", groupVersion)
          .put("version", groupVersion.substring(slash + 1));
      group
          .putObject("preferredVersion")
          .put("groupVersion", groupVersion)
          .put("version", groupVersion.substring(slash + 1));
    }
    return answer;
  }

  private static ObjectNode resources(String groupVersion, List<ResourceType> types) {
    ObjectNode answer =
        Json.MAPPER
            .createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", groupVersion);
    ArrayNode resources = answer.putArray("resources");
    for (ResourceType type : byGroupVersion(types).getOrDefault(groupVersion, List.of())) {
      ObjectNode entry =
          resources
              .addObject()
              .put("name", type.plural())
              .put("singularName", type.singular())
              .put("namespaced", type.namespaced())
              .put("kind", type.kind());
      VERBS.forEach(entry.putArray("verbs")::add);
      type.shortNames().forEach(entry.withArrayProperty("shortNames")::add);
      type.categories().forEach(entry.withArrayProperty("categories")::add);
      for (String subresource : type.subresources().stream().sorted().toList()) {
        resources.add(subresource(type, subresource));
      }
    }
    for (String[] review : REVIEWS.getOrDefault(groupVersion, List.of())) {
      resources
          .addObject()
          .put("name", review[0])
          .put("singularName", "")
          .put("namespaced", false)
          .put("kind", review[1])
          .putArray("verbs")
          .add("create");
    }
    return answer;
  }

  private static ObjectNode subresource(ResourceType type, String name) {
    ObjectNode entry =
        Json.MAPPER
            .createObjectNode()
            .put("name", type.plural() + "/" + name)
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    ArrayNode verbs = entry.putArray("verbs");
    switch (name) {
      case "scale" -> {
        entry.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
        List.of("get", "patch", "update").forEach(verbs::add);
      }
      case "eviction" -> {
        entry.put("group", "policy").put("version", "v1").put("kind", "Eviction");
        verbs.add("create");
      }
      case "exec" -> {
        entry.put("kind", "PodExecOptions");
        List.of("create", "get").forEach(verbs::add);
      }
      case "log" -> {
        entry.put("kind", type.kind());
        verbs.add("get");
      }
      default -> {
        entry.put("kind", type.kind());
        List.of("get", "patch", "update").forEach(verbs::add);
      }
    }
    return entry;
  }

  private static ObjectNode version() {
    return Json.MAPPER
        .createObjectNode()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.0-greenstick-sandbox")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "java")
        .put("platform", "jvm");
  }

  private static ObjectNode swagger() {
    ObjectNode document = Json.MAPPER.createObjectNode().put("swagger", "2.0");
    document.putObject("info").put("title", "Greenstick sandbox").put("version", "v1.32.0");
    document.putObject("paths");
    document.putObject("definitions");
    return document;
  }

  private static ObjectNode openApiRoot(List<ResourceType> types) {
    ObjectNode document = Json.MAPPER.createObjectNode();
    ObjectNode paths = document.putObject("paths");
    for (String groupVersion : byGroupVersion(types).keySet()) {
      String path = (groupVersion.contains("/") ? "apis/" : "api/") + groupVersion;
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }
    return document;
  }

  /** Enough for kubectl to learn that the server validates fields itself. */
  private static ObjectNode openApi(String groupVersion, List<ResourceType> types) {
    ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Greenstick sandbox").put("version", "v1.32.0");
    ObjectNode paths = document.putObject("paths");
    for (ResourceType type : byGroupVersion(types).get(groupVersion)) {
      String path =
          (type.group().isEmpty() ? "/api/" : "/apis/")
              + groupVersion
              + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
              + type.plural()
              + "/{name}";
      ObjectNode patch = paths.putObject(path).putObject("patch");
      patch
          .putObject("x-kubernetes-group-version-kind")
          .put("group", type.group())
          .put("version", type.version())
          .put("kind", type.kind());
      for (String parameter : List.of("dryRun", "fieldManager", "fieldValidation", "force")) {
        patch
            .withArrayProperty("parameters")
            .addObject()
            .put("name", parameter)
            .put("in", "query")
            .putObject("schema")
            .put("type", "string");
      }
      patch.putObject("responses").putObject("200").put("description", "OK");
    }
    document.putObject("components").putObject("schemas");
    return document;
  }
}
