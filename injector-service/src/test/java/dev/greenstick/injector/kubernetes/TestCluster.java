package dev.greenstick.injector.kubernetes;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ConformanceImages;
import dev.greenstick.sandbox.Sandbox;
import dev.greenstick.sandbox.SandboxSettings;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sandbox cluster under the roles that ship, with pods that run nothing; one for a test run,
 * ended with the JVM.
 */
public final class TestCluster implements AutoCloseable {

  private static final ServiceAccountName INJECTOR =
      new ServiceAccountName("greenstick", "greenstick-injector");

  private static final AtomicInteger MADE = new AtomicInteger();

  /** What was made, to be removed from a cluster that goes on. */
  private static final Queue<PodRef> LEFT = new ConcurrentLinkedQueue<>();

  private static TestCluster shared;

  /** Null for a cluster that exists. */
  private final Sandbox sandbox;

  private final KubernetesClient admin;
  private final KubernetesClient injector;

  /** A cluster that exists; whoever the kubeconfig names must be allowed to impersonate. */
  private TestCluster(Path kubeconfig) {
    this.sandbox = null;
    this.admin = client(kubeconfig);
    ExistingCluster.prepare(admin, manifests());
    this.injector = ExistingCluster.as(kubeconfig, INJECTOR);
  }

  private TestCluster() throws IOException {
    SandboxSettings settings =
        SandboxSettings.in(Files.createTempDirectory(Path.of("target"), "sandbox"))
            .withImages(
                Images.pauseOnly()
                    .with("model:1", new Image.Pause())
                    .with("shell:1", new Image.Program(List.of("sleep", "600")))
                    .with("tools:1", new Image.Program(List.of("sh"), Map.of("PATH", tools())))
                    .with("no-strace:1", new Image.Program(List.of("sh")))
                    .with("pause:1", new Image.Pause()))
            .withManifests(List.of(manifests()))
            .withNamespaces(List.of("fenced"))
            .withServiceAccounts(List.of(INJECTOR));
    this.sandbox = new Sandbox(Sandbox.canIsolate() ? settings.withIsolation() : settings);
    sandbox.start();
    this.admin = client(sandbox.adminKubeconfig());
    this.injector = client(sandbox.kubeconfig(INJECTOR));
  }

  /** A path on which a strace is found that can kill on exit. */
  private static String tools() {
    URL strace =
        Objects.requireNonNull(TestCluster.class.getResource("/tools/strace"), "/tools/strace");
    Path tools = Path.of(strace.getPath()).getParent();
    if (!tools.resolve("strace").toFile().setExecutable(true)) {
      throw new IllegalStateException(tools + "/strace cannot be made executable");
    }
    return tools + File.pathSeparator + System.getenv("PATH");
  }

  /** Where the roles are that ship. */
  public static Path manifests() {
    return Path.of(System.getProperty("test.root", "..")).resolve("deploy/kubernetes");
  }

  /** One for the caller alone, who closes it. */
  public static TestCluster start() {
    try {
      return new TestCluster();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cluster does not start", e);
    }
  }

  /** The one of this JVM: the sandbox, or the cluster of {@code greenstick.kubeconfig}. */
  public static synchronized TestCluster shared() {
    if (shared == null) {
      String kubeconfig = System.getProperty("greenstick.kubeconfig", "");
      shared = kubeconfig.isEmpty() ? start() : new TestCluster(Path.of(kubeconfig));
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  static KubernetesClient client(Path kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A client like {@link #injector()} whose requests are seen. */
  KubernetesClient injector(Interceptor seeing) {
    return new KubernetesClientBuilder()
        .withConfig(injector.getConfiguration())
        .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("seeing", seeing))
        .build();
  }

  /** From now on requests are interfered with like this. */
  void interfere(Interference interference) {
    sandbox.interfere(interference);
  }

  /** The kubeconfig of the injector's service account. */
  public Path injectorKubeconfig() {
    try {
      return Objects.requireNonNull(sandbox, "no sandbox").kubeconfig(INJECTOR);
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig cannot be written", e);
    }
  }

  /** A kubeconfig with all rights. */
  public Path adminKubeconfig() {
    try {
      return Objects.requireNonNull(sandbox, "no sandbox").adminKubeconfig();
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig cannot be written", e);
    }
  }

  /** A client that may do everything. */
  public KubernetesClient admin() {
    return admin;
  }

  /** A client that may do what the injector may. */
  public KubernetesClient injector() {
    return injector;
  }

  /** Makes a running pod whose name begins with the one given. */
  public PodRef make(String namespace, String name, Map<String, String> labels) {
    return new Client(admin).make(namespace, name, labels);
  }

  /** Makes and looks at pods, with a kubeconfig alone. */
  public static Client client(String kubeconfig) {
    return new Client(client(Path.of(kubeconfig)));
  }

  /** What tests do to a cluster. */
  public record Client(KubernetesClient admin) implements AutoCloseable {

    /** Makes a running pod whose name begins with the one given. */
    public PodRef make(String namespace, String name, Map<String, String> labels) {
      Pod pod =
          new PodBuilder()
              .withNewMetadata()
              .withNamespace(namespace)
              .withName(name + "-" + MADE.incrementAndGet())
              .withLabels(labels)
              .endMetadata()
              .withNewSpec()
              .addNewInitContainer()
              .withName("fetch")
              .withImage(ConformanceImages.SHELL)
              .withCommand("true")
              .endInitContainer()
              .addNewContainer()
              .withName("server")
              .withImage(ConformanceImages.MODEL)
              .endContainer()
              .endSpec()
              .build();
      Pod created = admin.resource(pod).create();
      Pod running =
          admin
              .resource(created)
              .waitUntilCondition(
                  each -> each != null && "Running".equals(each.getStatus().getPhase()),
                  30,
                  TimeUnit.SECONDS);
      PodRef made = ref(running);
      LEFT.add(made);
      return made;
    }

    private static PodRef ref(Pod pod) {
      return new PodRef(
          pod.getMetadata().getNamespace(),
          pod.getMetadata().getName(),
          pod.getMetadata().getUid());
    }

    /** The pod; null when it is gone. */
    public Pod get(PodRef pod) {
      return admin.pods().inNamespace(pod.namespace()).withName(pod.name()).get();
    }

    @Override
    public void close() {
      admin.close();
    }
  }

  @Override
  public void close() {
    if (sandbox == null) {
      ExistingCluster.tidy(admin, List.copyOf(LEFT));
    }
    injector.close();
    admin.close();
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
