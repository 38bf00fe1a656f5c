package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Change;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kubelets of all nodes in one: runs every pod that has been given a node. */
public final class Kubelet implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final String[] INHERITED = {"PATH", "HOME", "TMPDIR", "LANG"};

  private final Node node;
  private final Guard guard;
  private final Prober prober;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();
  private Store.Subscription subscription = () -> {};

  /**
   * @param thread a single thread, on which all of the kubelet's state lives
   * @param blocking where probes may wait
   * @param directory for the containers' logs
   * @param isolated whether containers get process namespaces of their own
   * @throws IOException when the processes' guard cannot be started, or there are no namespaces
   */
  public Kubelet(
      Resources resources,
      EventRecorder events,
      InstantSource clock,
      RandomGenerator random,
      ScheduledExecutorService thread,
      ExecutorService blocking,
      Images images,
      KubeletDelays delays,
      PodNetwork network,
      Path directory,
      boolean isolated)
      throws IOException {
    this.guard = new Guard();
    this.prober = new Prober(network, blocking);
    Map<String, String> environment = new HashMap<>();
    for (String name : INHERITED) {
      Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
    }
    this.node =
        new Node(
            resources,
            events,
            clock,
            thread,
            images,
            delays,
            network,
            new Ports(random),
            guard,
            prober,
            Files.createDirectories(directory),
            Map.copyOf(environment),
            isolated ? Optional.of(ProcessSpaces.find()) : Optional.empty());
  }

  /** Whether this machine gives containers process namespaces. */
  public static boolean canIsolate() {
    try {
      LOG.debug("process namespaces: {}", ProcessSpaces.find());
      return true;
    } catch (IOException e) {
      LOG.info("no process namespaces: {}", e.getMessage());
      return false;
    }
  }

  /** Starts to run pods. */
  public void start() {
    Store store = node.resources().store();
    subscription = store.watch(store.version(), this::observe);
    store.list(ResourceTypes.PODS, null).objects().forEach(pod -> node.soon(() -> sync(pod)));
  }

  private void observe(Change change) {
    if (!change.key().type().equals(ResourceTypes.PODS)) {
      return;
    }
    if (change.deleted()) {
      node.soon(() -> remove(Json.uid(change.before())));
    } else if (!change.after().path("spec").path("nodeName").asText("").isEmpty()) {
      node.later(node.delays().sync(), () -> sync(change.after()));
    }
  }

  private void sync(ObjectNode pod) {
    String uid = Json.uid(pod);
    Key key = Key.of(ResourceTypes.PODS, pod);
    Optional<ObjectNode> current =
        node.resources().store().get(key).filter(latest -> Json.uid(latest).equals(uid));
    PodWorker worker = workers.get(uid);
    if (current.isEmpty()) {
      return;
    }
    if (worker == null) {
      String phase = current.get().path("status").path("phase").asText();
      if (phase.equals("Succeeded") || phase.equals("Failed")) {
        return;
      }
      worker = admit(current.get());
      worker.update(current.get());
    } else if (worker.concerns(current.get())) {
      worker.update(current.get());
    }
  }

  private PodWorker admit(ObjectNode pod) {
    String nodeName = pod.path("spec").path("nodeName").asText();
    int number = Math.floorMod(nodeName.hashCode(), 200);
    String hostIp = "127.0.0.1";
    for (ObjectNode each : node.resources().store().list(ResourceTypes.NODES, null).objects()) {
      if (Json.name(each).equals(nodeName)) {
        hostIp = each.path("status").path("addresses").path(0).path("address").asText(hostIp);
        number = Integer.parseInt(hostIp.substring(hostIp.lastIndexOf('.') + 1));
      }
    }
    int host = addresses.merge(nodeName, 1, Integer::sum);
    String podIp = "10.244.%d.%d".formatted(number, 1 + host % 254);
    String uid = Json.uid(pod);
    PodWorker worker = new PodWorker(node, pod, podIp, hostIp, () -> forget(pod));
    workers.put(uid, worker);
    return worker;
  }

  private void remove(String uid) {
    PodWorker worker = workers.get(uid);
    if (worker != null) {
      worker.removed();
    }
  }

  private void forget(ObjectNode pod) {
    workers.remove(Json.uid(pod));
    deleteTree(node.directoryOf(pod));
  }

  private static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", root, e.getMessage());
    }
  }

  /** Runs commands in this kubelet's containers. */
  public ContainerCommands commands() {
    return new ContainerCommands(node, workers);
  }

  /** Where a container's output is kept. */
  public Optional<Path> log(String podUid, String container, boolean previous) {
    return Optional.ofNullable(workers.get(podUid)).flatMap(each -> each.log(container, previous));
  }

  /** Kills every process and waits until none is left. */
  @Override
  public void close() {
    subscription.close();
    workers.values().forEach(PodWorker::kill);
    workers.values().forEach(PodWorker::awaitEnd);
    prober.close();
    guard.close();
    deleteTree(node.directory());
  }
}
