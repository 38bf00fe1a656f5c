package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Fills in what a real API server fills in; pure but for the object it is given. */
final class Defaults {

  private Defaults() {}

  static void apply(ResourceType type, ObjectNode object) {
    switch (type.kind()) {
      case "Pod" -> pod(object.withObjectProperty("spec"));
      case "Deployment" -> deployment(object.withObjectProperty("spec"));
      case "ReplicaSet" -> {
        absent(object.withObjectProperty("spec"), "replicas", 1);
        template(object.withObjectProperty("spec"));
      }
      case "Service" -> service(object.withObjectProperty("spec"));
      case "Secret" -> secret(object);
      case "Namespace" -> {
        object
            .withObjectProperty("metadata")
            .withObjectProperty("labels")
            .put("kubernetes.io/metadata.name", Json.name(object));
        if (!object.withObjectProperty("spec").has("finalizers")) {
          object.withObjectProperty("spec").withArrayProperty("finalizers").add("kubernetes");
        }
      }
      case "RoleBinding", "ClusterRoleBinding" ->
          object
              .path("subjects")
              .forEach(
                  subject -> {
                    if (!subject.path("kind").asText().equals("ServiceAccount")) {
                      absent((ObjectNode) subject, "apiGroup", "rbac.authorization.k8s.io");
                    }
                  });
      default -> {}
    }
  }

  private static void deployment(ObjectNode spec) {
    absent(spec, "replicas", 1);
    absent(spec, "revisionHistoryLimit", 10);
    absent(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = spec.withObjectProperty("strategy");
    absent(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      absent(strategy.withObjectProperty("rollingUpdate"), "maxSurge", "25%");
      absent(strategy.withObjectProperty("rollingUpdate"), "maxUnavailable", "25%");
    }
    template(spec);
  }

  private static void template(ObjectNode spec) {
    ObjectNode template = spec.withObjectProperty("template");
    template.withObjectProperty("metadata");
    podTemplate(template.withObjectProperty("spec"));
  }

  private static void pod(ObjectNode spec) {
    podTemplate(spec);
    absent(spec, "enableServiceLinks", true);
    absent(spec, "serviceAccountName", "default");
    absent(spec, "serviceAccount", spec.path("serviceAccountName").asText());
    absent(spec, "priority", 0);
    absent(spec, "preemptionPolicy", "PreemptLowerPriority");
    if (!spec.has("tolerations")) {
      for (String key :
          new String[] {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
        spec.withArrayProperty("tolerations")
            .addObject()
            .put("key", key)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", 300);
      }
    }
  }

  private static void podTemplate(ObjectNode spec) {
    absent(spec, "restartPolicy", "Always");
    absent(spec, "terminationGracePeriodSeconds", 30);
    absent(spec, "dnsPolicy", "ClusterFirst");
    absent(spec, "schedulerName", "default-scheduler");
    spec.withObjectProperty("securityContext");
    spec.path("containers").forEach(Defaults::container);
    spec.path("ephemeralContainers").forEach(Defaults::container);
    spec.path("initContainers").forEach(Defaults::container);
  }

  private static void container(JsonNode node) {
    if (!(node instanceof ObjectNode container)) {
      return;
    }
    String image = container.path("image").asText("");
    String lastPart = image.substring(image.lastIndexOf('/') + 1);
    absent(
        container,
        "imagePullPolicy",
        !lastPart.contains(":") || lastPart.endsWith(":latest") ? "Always" : "IfNotPresent");
    absent(container, "terminationMessagePath", "/dev/termination-log");
    absent(container, "terminationMessagePolicy", "File");
    container.withObjectProperty("resources");
    container
        .path("ports")
        .forEach(
            port -> {
              if (port instanceof ObjectNode object) {
                absent(object, "protocol", "TCP");
              }
            });
    for (String probe : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
      if (container.path(probe) instanceof ObjectNode object) {
        absent(object, "timeoutSeconds", 1);
        absent(object, "periodSeconds", 10);
        absent(object, "successThreshold", 1);
        absent(object, "failureThreshold", 3);
        if (object.path("httpGet") instanceof ObjectNode get) {
          absent(get, "scheme", "HTTP");
          absent(get, "path", "/");
        }
      }
    }
  }

  private static void service(ObjectNode spec) {
    absent(spec, "type", "ClusterIP");
    absent(spec, "sessionAffinity", "None");
    absent(spec, "internalTrafficPolicy", "Cluster");
    absent(spec, "ipFamilyPolicy", "SingleStack");
    spec.path("ports")
        .forEach(
            node -> {
              if (node instanceof ObjectNode port) {
                absent(port, "protocol", "TCP");
                if (!port.has("targetPort") && port.has("port")) {
                  port.set("targetPort", port.get("port"));
                }
              }
            });
  }

  private static void secret(ObjectNode object) {
    absent(object, "type", "Opaque");
    if (object.remove("stringData") instanceof ObjectNode plain) {
      ObjectNode data = object.withObjectProperty("data");
      plain
          .fields()
          .forEachRemaining(
              entry ->
                  data.put(
                      entry.getKey(),
                      Base64.getEncoder()
                          .encodeToString(
                              entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static void absent(ObjectNode object, String field, String value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  private static void absent(ObjectNode object, String field, int value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  private static void absent(ObjectNode object, String field, boolean value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }
}
