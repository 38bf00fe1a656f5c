package dev.greenstick.probe.watch.kubernetes;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.sandbox.Sandbox;
import dev.greenstick.sandbox.SandboxSettings;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A sandbox cluster under the roles that ship, whose pods run nothing; one for a test run, ended
 * with the JVM.
 */
public final class TestCluster {

  /** An image that runs. */
  public static final String IMAGE = "model:1";

  /** Another image that runs. */
  public static final String PAUSE = "pause:1";

  private static final ServiceAccountName PROBE =
      new ServiceAccountName("greenstick", "greenstick-probe");

  private static TestCluster shared;

  private final Sandbox sandbox;

  private TestCluster() throws IOException {
    Path root = Path.of(System.getProperty("test.root", ".."));
    this.sandbox =
        new Sandbox(
            SandboxSettings.in(Files.createTempDirectory(Path.of("target"), "sandbox"))
                .withImages(
                    Images.pauseOnly()
                        .with(IMAGE, new Image.Pause())
                        .with(PAUSE, new Image.Pause()))
                .withManifests(List.of(root.resolve("deploy/kubernetes")))
                .withServiceAccounts(List.of(PROBE)));
    sandbox.start();
  }

  /** The one of this JVM. */
  public static synchronized TestCluster shared() {
    if (shared == null) {
      try {
        shared = new TestCluster();
      } catch (IOException e) {
        throw new UncheckedIOException("the sandbox cluster does not start", e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared.sandbox::close));
    }
    return shared;
  }

  /** The kubeconfig of the probe's service account. */
  public Path probeKubeconfig() {
    try {
      return sandbox.kubeconfig(PROBE);
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig cannot be written", e);
    }
  }

  /** A kubeconfig with all rights. */
  public Path adminKubeconfig() {
    try {
      return sandbox.adminKubeconfig();
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig cannot be written", e);
    }
  }

  URI apiUrl() {
    return sandbox.apiUrl();
  }

  /** Forgets all history, so that watches of the past are expired. */
  void compact() {
    sandbox.compact();
  }

  /** A client with the rights of a kubeconfig. */
  public static KubernetesClient client(Path kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
            .withRequestRetryBackoffLimit(0)
            .withOnlyHttpWatches(true)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Makes a pod. */
  public static PodRef make(
      KubernetesClient admin, String namespace, String name, Map<String, String> labels) {
    Pod pod =
        admin
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .withTerminationGracePeriodSeconds(0L)
                    .addNewContainer()
                    .withName("server")
                    .withImage(IMAGE)
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    return new PodRef(namespace, name, pod.getMetadata().getUid());
  }
}
