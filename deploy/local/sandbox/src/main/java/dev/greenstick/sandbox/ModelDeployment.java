package dev.greenstick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;

/** The deployment and the service of a model server that speaks Open Inference Protocol v2. */
final class ModelDeployment {

  private static final int PORT = 8080;
  private static final Map<String, String> LABELS = Map.of("app", "model");

  private ModelDeployment() {}

  static ObjectNode deployment(String image, int replicas) {
    return Json.tree(
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("model")
            .withLabels(LABELS)
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .withNewSelector()
            .withMatchLabels(LABELS)
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(LABELS)
            .endMetadata()
            .withNewSpec()
            .withTerminationGracePeriodSeconds(30L)
            .addNewContainer()
            .withName("server")
            .withImage(image)
            .addNewPort()
            .withName("http")
            .withContainerPort(PORT)
            .endPort()
            .withNewReadinessProbe()
            .withNewHttpGet()
            .withPath("/v2/health/ready")
            .withPort(new IntOrString("http"))
            .endHttpGet()
            .withPeriodSeconds(1)
            .withTimeoutSeconds(1)
            .withFailureThreshold(3)
            .endReadinessProbe()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build());
  }

  static ObjectNode service() {
    return Json.tree(
        new ServiceBuilder()
            .withNewMetadata()
            .withName("model")
            .withLabels(LABELS)
            .endMetadata()
            .withNewSpec()
            .withSelector(LABELS)
            .addNewPort()
            .withName("http")
            .withPort(80)
            .withTargetPort(new IntOrString("http"))
            .endPort()
            .endSpec()
            .build());
  }
}
