package dev.greenstick.sandbox;

import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.balancer.Balancing;
import dev.greenstick.sandbox.kubelet.Images;
import dev.greenstick.sandbox.kubelet.KubeletDelays;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a sandbox is made of.
 *
 * @param directory for kubeconfigs and logs; created when it is not there
 * @param apiPort of the API server at 127.0.0.1, 0 for any free one
 * @param images what the kubelet can run
 * @param manifests YAML files, or directories of them, whose objects of kinds that the sandbox
 *     serves are created at start: the roles that ship. Kinds that it does not serve are an error
 * @param namespaces created at start, besides {@code default} and the system's own
 * @param serviceAccounts created at start where the manifests do not; each gets a kubeconfig
 * @param nodes how many nodes the pods are spread over
 * @param kubelet how long nodes take
 * @param isolated whether containers have process namespaces of their own, so that commands and
 *     ephemeral containers can be run beside them; where the machine gives none, the sandbox does
 *     not start
 * @param endpointsDelay from a pod's change until the endpoints show it
 * @param balancerDelay from a change of the endpoints until new connections follow it
 * @param balancing how connections are spread
 * @param historyLimit how many changes watches can go back
 * @param clock what time it is in the cluster
 * @param random where names, addresses and UIDs come from
 */
public record SandboxSettings(
    Path directory,
    int apiPort,
    Images images,
    List<Path> manifests,
    List<String> namespaces,
    List<ServiceAccountName> serviceAccounts,
    int nodes,
    KubeletDelays kubelet,
    boolean isolated,
    Duration endpointsDelay,
    Duration balancerDelay,
    Balancing balancing,
    int historyLimit,
    InstantSource clock,
    RandomGenerator random) {

  /** Three nodes with a real cluster's delays, the pause image, no roles. */
  public static SandboxSettings in(Path directory) {
    return new SandboxSettings(
        directory,
        0,
        Images.pauseOnly(),
        List.of(),
        List.of(),
        List.of(),
        3,
        KubeletDelays.REAL,
        false,
        Duration.ofMillis(150),
        Duration.ofMillis(200),
        Balancing.roundRobin(),
        10_000,
        InstantSource.system(),
        new SplittableRandom());
  }

  /** The same on another port. */
  public SandboxSettings withApiPort(int port) {
    return with(draft -> draft.apiPort = port);
  }

  /** The same with other images. */
  public SandboxSettings withImages(Images other) {
    return with(draft -> draft.images = other);
  }

  /** The same with objects created at start. */
  public SandboxSettings withManifests(List<Path> paths) {
    return with(draft -> draft.manifests = List.copyOf(paths));
  }

  /** The same with other namespaces. */
  public SandboxSettings withNamespaces(List<String> names) {
    return with(draft -> draft.namespaces = List.copyOf(names));
  }

  /** The same with service accounts. */
  public SandboxSettings withServiceAccounts(List<ServiceAccountName> accounts) {
    return with(draft -> draft.serviceAccounts = List.copyOf(accounts));
  }

  /** The same with another history: a short one lets watches expire soon. */
  public SandboxSettings withHistoryLimit(int changes) {
    return with(draft -> draft.historyLimit = changes);
  }

  /** The same with other delays of the kubelet. */
  public SandboxSettings withKubelet(KubeletDelays delays) {
    return with(draft -> draft.kubelet = delays);
  }

  /** The same with another choice of pods for connections. */
  public SandboxSettings withBalancing(Balancing other) {
    return with(draft -> draft.balancing = other);
  }

  /** The same with process namespaces for containers. */
  public SandboxSettings withIsolation() {
    return with(draft -> draft.isolated = true);
  }

  private SandboxSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** A copy in the making, of which one part is another. */
  private static final class Draft {
    private Path directory;
    private int apiPort;
    private Images images;
    private List<Path> manifests;
    private List<String> namespaces;
    private List<ServiceAccountName> serviceAccounts;
    private int nodes;
    private KubeletDelays kubelet;
    private boolean isolated;
    private Duration endpointsDelay;
    private Duration balancerDelay;
    private Balancing balancing;
    private int historyLimit;
    private InstantSource clock;
    private RandomGenerator random;

    Draft(SandboxSettings from) {
      this.directory = from.directory;
      this.apiPort = from.apiPort;
      this.images = from.images;
      this.manifests = from.manifests;
      this.namespaces = from.namespaces;
      this.serviceAccounts = from.serviceAccounts;
      this.nodes = from.nodes;
      this.kubelet = from.kubelet;
      this.isolated = from.isolated;
      this.endpointsDelay = from.endpointsDelay;
      this.balancerDelay = from.balancerDelay;
      this.balancing = from.balancing;
      this.historyLimit = from.historyLimit;
      this.clock = from.clock;
      this.random = from.random;
    }

    SandboxSettings settings() {
      return new SandboxSettings(
          directory,
          apiPort,
          images,
          manifests,
          namespaces,
          serviceAccounts,
          nodes,
          kubelet,
          isolated,
          endpointsDelay,
          balancerDelay,
          balancing,
          historyLimit,
          clock,
          random);
    }
  }
}
