package dev.greenstick.injector.kubernetes;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.ledger.EntryText;
import dev.greenstick.sandbox.access.ServiceAccountName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What conformance suites need in a cluster that is not theirs, and what they take out again. */
final class ExistingCluster {

  private ExistingCluster() {}

  /** Creates what is not there of the namespaces, the shipped roles and their bindings. */
  static void prepare(KubernetesClient admin, Path manifests) {
    for (String namespace : List.of("greenstick", "fenced")) {
      if (admin.namespaces().withName(namespace).get() == null) {
        var made =
            admin
                .resource(
                    new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        if (made == null) {
          throw new IllegalStateException("namespace " + namespace + " cannot be created");
        }
      }
    }
    try (Stream<Path> files = Files.list(manifests)) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().startsWith("injector-"))
              .sorted()
              .toList()) {
        create(admin, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the manifests cannot be read", e);
    }
  }

  private static void create(KubernetesClient admin, Path file) throws IOException {
    try (InputStream manifest = Files.newInputStream(file)) {
      for (HasMetadata each : admin.load(manifest).items()) {
        if (admin.resource(each).get() == null && admin.resource(each).create() == null) {
          throw new IllegalStateException(file + " cannot be created");
        }
      }
    }
  }

  /** A client with the rights of a service account. */
  static KubernetesClient as(Path kubeconfig, ServiceAccountName account) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
            .withImpersonateUsername(
                "system:serviceaccount:%s:%s".formatted(account.namespace(), account.name()))
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Removes pods and the ledger. */
  static void tidy(KubernetesClient admin, List<PodRef> pods) {
    pods.forEach(
        pod ->
            admin
                .pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .withGracePeriod(0)
                .delete());
    admin.configMaps().inNamespace("greenstick").withLabel(EntryText.LEDGER).delete();
  }
}
