package dev.greenstick.sandbox.conformance;

import dev.greenstick.sandbox.Sandbox;
import dev.greenstick.sandbox.SandboxSettings;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The cluster that the suite runs against: a sandbox of its own, or, with {@code
 * -Dgreenstick.kubeconfig=FILE -Dgreenstick.namespace=NS}, any cluster; the model image must then
 * serve {@code GET /v2/health/ready} on port 8080.
 */
public final class ClusterUnderTest implements ParameterResolver {

  private static final String MODEL_IMAGE =
      System.getProperty("greenstick.model-image", "greenstick/model:1");
  private static final String PAUSE_IMAGE =
      System.getProperty("greenstick.pause-image", Images.PAUSE);
  private static final int PORT = 8080;

  /** Seconds that a test waits for anything. */
  public static final long PATIENCE = Long.getLong("greenstick.patience", 60);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ClusterUnderTest.class))
        .computeIfAbsent(Cluster.class, key -> open(), Cluster.class);
  }

  private static Cluster open() {
    String kubeconfig = System.getProperty("greenstick.kubeconfig", "");
    if (!kubeconfig.isEmpty()) {
      Path file = Path.of(kubeconfig);
      return new Cluster(file, System.getProperty("greenstick.namespace", "default"), () -> {});
    }
    try {
      Path directory = Files.createTempDirectory("greenstick-conformance");
      Sandbox sandbox =
          new Sandbox(
              SandboxSettings.in(directory)
                  .withNamespaces(List.of("conformance"))
                  .withImages(Images.pauseOnly().with(MODEL_IMAGE, tinyServer())));
      sandbox.start();
      return new Cluster(
          sandbox.adminKubeconfig(),
          "conformance",
          () -> {
            sandbox.close();
            delete(directory);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image whose container answers every request. */
  public static Image tinyServer() {
    URL classes = TinyServer.class.getProtectionDomain().getCodeSource().getLocation();
    return new Image.Program(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-cp",
            Path.of(classes.getPath()).toString(),
            TinyServer.class.getName()));
  }

  /** Deletes a directory and all that is in it. */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One cluster, seen by the one who may do everything. */
  public static final class Cluster implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Config config;
    private final KubernetesClient client;
    private final String namespace;
    private final AutoCloseable end;

    private Cluster(Path kubeconfig, String namespace, AutoCloseable end) {
      this.config = Config.fromKubeconfig(kubeconfig.toFile());
      config.setNamespace(namespace);
      config.setRequestRetryBackoffLimit(0);
      this.client = new KubernetesClientBuilder().withConfig(config).build();
      this.namespace = namespace;
      this.end = end;
    }

    public KubernetesClient client() {
      return client;
    }

    /** A client that acts as somebody else; close it. */
    public KubernetesClient as(String user) {
      Config theirs = new io.fabric8.kubernetes.client.ConfigBuilder(config).build();
      theirs.setImpersonateUsername(user);
      return new KubernetesClientBuilder().withConfig(theirs).build();
    }

    public String namespace() {
      return namespace;
    }

    public String modelImage() {
      return MODEL_IMAGE;
    }

    public String pauseImage() {
      return PAUSE_IMAGE;
    }

    /** A name that no other test uses. */
    public String name(String prefix) {
      return "%s-%d-%d".formatted(prefix, ProcessHandle.current().pid(), NAMES.incrementAndGet());
    }

    /** The spec of a pod that serves the model, with a readiness probe every second. */
    public PodSpec modelSpec() {
      return new PodSpecBuilder()
          .withTerminationGracePeriodSeconds(5L)
          .withContainers(
              new ContainerBuilder()
                  .withName("server")
                  .withImage(MODEL_IMAGE)
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
                  .withFailureThreshold(2)
                  .endReadinessProbe()
                  .build())
          .build();
    }

    /** Creates a pod that serves the model, labelled with its own name. */
    public Pod createModelPod(String name) {
      return client.resource(pod(name, modelSpec())).create();
    }

    /** Creates a pod that only waits, labelled with its own name: quick to start anywhere. */
    public Pod createPausePod(String name) {
      PodSpec spec =
          new PodSpecBuilder()
              .withTerminationGracePeriodSeconds(1L)
              .addNewContainer()
              .withName("server")
              .withImage(PAUSE_IMAGE)
              .endContainer()
              .build();
      return client.resource(pod(name, spec)).create();
    }

    private Pod pod(String name, PodSpec spec) {
      return new PodBuilder()
          .withNewMetadata()
          .withName(name)
          .withNamespace(namespace)
          .withLabels(Map.of("app", name))
          .endMetadata()
          .withSpec(spec)
          .build();
    }

    /** Waits until a pod is ready. */
    public Pod awaitReady(String name) {
      return client
          .pods()
          .withName(name)
          .waitUntilCondition(
              pod -> pod != null && ready(pod), PATIENCE, java.util.concurrent.TimeUnit.SECONDS);
    }

    public static boolean ready(Pod pod) {
      return pod.getStatus() != null
          && pod.getStatus().getConditions().stream()
              .anyMatch(
                  condition ->
                      condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    }

    /** Deletes a pod at once; for the end of a test. */
    public void remove(String pod) {
      client.pods().withName(pod).withGracePeriod(0).delete();
    }

    @Override
    public void close() throws Exception {
      client.close();
      end.close();
    }
  }
}
