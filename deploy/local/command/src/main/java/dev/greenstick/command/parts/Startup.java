package dev.greenstick.command.parts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.demo.DemoExperiment;
import dev.greenstick.command.demo.Where;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.TopicCreation;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.apache.kafka.clients.admin.Admin;

/** Starts every part, side by side as far as one does not need the other. */
public final class Startup {

  private static final String LOOPBACK = "127.0.0.1";
  private static final short ONE_BROKER = 1;

  /** How soon after a fault's end its entry in the ledger is gone. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** Seconds that a part outlives a killed launcher, so that all are gone together. */
  private static final long BRIEFLY = 1;

  private static final Duration TICK = Duration.ofMillis(100);

  /** How long an injector of a real cluster outlives a killed launcher, to take its faults back. */
  private final Duration longestFault;

  private final Installation installation;
  private final Workplace workplace;
  private final Parts parts;
  private final Ports ports;
  private final Where where;
  private final Set<String> namespaces;
  private final HttpClient client;

  /**
   * @param namespaces those whose pods the experiment's faults choose from
   * @param longestFault how long the experiment's faults last together
   */
  public Startup(
      Installation installation,
      Workplace workplace,
      Parts parts,
      Ports ports,
      Where where,
      Set<String> namespaces,
      Duration longestFault,
      HttpClient client) {
    this.installation = installation;
    this.workplace = workplace;
    this.parts = parts;
    this.ports = ports;
    this.where = where;
    this.namespaces = namespaces;
    this.longestFault = longestFault;
    this.client = client;
  }

  /** The parts that there will be. */
  public static List<PartName> parts(Where where) {
    List<PartName> parts = new ArrayList<>(List.of(PartName.values()));
    if (where instanceof Where.Existing) {
      parts.remove(PartName.SANDBOX);
    }
    return parts;
  }

  /**
   * Returns once every part is ready.
   *
   * @param ready told of each part that is ready, on the calling thread
   * @param waiting called a few times a second meanwhile, on the calling thread
   * @throws CouldNotRun with the first failure
   */
  public Running start(Consumer<PartName> ready, Runnable waiting)
      throws CouldNotRun, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<PartName> done = new ExecutorCompletionService<>(threads);
      int tasks = 0;
      Map<PartName, Integer> servicePorts = new EnumMap<>(PartName.class);
      for (PartName service : PartName.SERVICES) {
        servicePorts.put(service, ports.of(service));
      }
      int brokerPort = ports.of(PartName.BROKER);
      Future<String> broker = threads.submit(() -> broker(brokerPort));
      Future<Cluster> cluster = threads.submit(this::cluster);
      tasks += submit(done, PartName.BROKER, broker::get);
      tasks += submit(done, PartName.SANDBOX, () -> awaitModel(cluster.get()));
      for (PartName service : PartName.SERVICES) {
        int port = servicePorts.get(service);
        tasks +=
            submit(
                done,
                service,
                () -> awaitService(port, startService(service, port, broker, cluster)));
      }
      try {
        await(done, tasks, ready, waiting);
        return running(broker.get(), cluster.get(), servicePorts);
      } catch (ExecutionException e) {
        throw reason(e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static int submit(CompletionService<PartName> done, PartName part, Callable<?> task) {
    done.submit(
        () -> {
          task.call();
          return part;
        });
    return 1;
  }

  private void await(
      CompletionService<PartName> done, int tasks, Consumer<PartName> ready, Runnable waiting)
      throws InterruptedException, ExecutionException, CouldNotRun {
    int left = tasks;
    while (left > 0) {
      Future<PartName> one = done.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      if (one != null) {
        ready.accept(one.get());
        left--;
      }
      workplace.requireSpace();
      waiting.run();
    }
  }

  private static CouldNotRun reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CouldNotRun reason) {
        return reason;
      }
    }
    return new CouldNotRun("Starting failed: " + failure, failure);
  }

  private static Running running(
      String bootstrapServers, Cluster cluster, Map<PartName, Integer> ports) {
    Map<PartName, URI> services = new EnumMap<>(PartName.class);
    ports.forEach((service, port) -> services.put(service, url(port)));
    return new Running(bootstrapServers, services, cluster.admin(), cluster.model());
  }

  private static URI url(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  private Path temporary() {
    return workplace.resolve("tmp");
  }

  private String broker(int port) throws CouldNotRun, InterruptedException, ExecutionException {
    List<String> arguments = new ArrayList<>(Launch.small("256m", temporary()));
    arguments.addAll(
        supervised(
            installation.classPath("broker"), BRIEFLY, "dev.greenstick.broker.BrokerProcess"));
    arguments.addAll(
        List.of("--dir", workplace.resolve("kafka").toString(), "--port", String.valueOf(port)));
    Part part =
        parts.start(
            new Launch(
                PartName.BROKER,
                installation.java(),
                arguments,
                Map.of(),
                List.of(workplace.resolve("kafka").resolve("broker.log"))));
    String bootstrapServers = part.announced().path("bootstrapServers").asText();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      TopicCreation.createMissing(admin, List.of(DemoExperiment.CLUSTER), ONE_BROKER);
    }
    return bootstrapServers;
  }

  private Cluster cluster() throws CouldNotRun, InterruptedException, IOException {
    return switch (where) {
      case Where.Sandbox sandbox -> sandbox(sandbox);
      case Where.Existing existing ->
          new Cluster(
              existing.kubeconfig(),
              existing.kubeconfig(),
              existing.kubeconfig(),
              existing.target(),
              existing.namespace(),
              Optional.empty());
    };
  }

  private Cluster sandbox(Where.Sandbox sandbox)
      throws CouldNotRun, InterruptedException, IOException {
    List<String> arguments = new ArrayList<>(Launch.small("128m", temporary()));
    arguments.addAll(
        supervised(
            installation.classPath("sandbox"), BRIEFLY, "dev.greenstick.sandbox.SandboxProcess"));
    arguments.addAll(
        List.of(
            "--dir",
            Files.createDirectories(workplace.resolve("cluster")).toString(),
            "--api-port",
            String.valueOf(ports.of(PartName.SANDBOX)),
            "--service-port",
            String.valueOf(ports.anyFree()),
            "--replicas",
            String.valueOf(sandbox.replicas()),
            "--model-classpath",
            installation.classPath("model"),
            "--roles",
            installation.roles().toString()));
    for (String option : Launch.small("64m", temporary())) {
      arguments.add("--model-option=" + option);
    }
    Path roles = workplace.resolve("roles");
    for (Path file : Roles.write(installation.roles(), namespaces, roles)) {
      arguments.add("--roles");
      arguments.add(file.toString());
    }
    Part part = parts.start(new Launch(PartName.SANDBOX, installation.java(), arguments, Map.of()));
    JsonNode said = part.announced();
    JsonNode kubeconfigs = said.path("kubeconfigs");
    URI model = URI.create(said.path("serviceUrl").asText());
    return new Cluster(
        Path.of(kubeconfigs.path("greenstick-injector").asText()),
        Path.of(kubeconfigs.path("greenstick-probe").asText()),
        Path.of(kubeconfigs.path("admin").asText()),
        model,
        "greenstick",
        sandbox.replicas() == 0
            ? Optional.empty()
            : Optional.of(URI.create(model + "/v2/health/ready")));
  }

  private Void awaitModel(Cluster cluster) throws CouldNotRun, InterruptedException {
    if (cluster.readiness().isPresent()) {
      parts.running(PartName.SANDBOX).awaitReady(client, cluster.readiness().get());
    }
    return null;
  }

  private Part startService(
      PartName service, int port, Future<String> broker, Future<Cluster> cluster)
      throws CouldNotRun, InterruptedException, ExecutionException {
    List<String> arguments = new ArrayList<>(Launch.small("192m", temporary()));
    arguments.addAll(opened(installation.serviceJar(service)));
    arguments.add("-Dkafka.bootstrap.servers=" + broker.get());
    arguments.add("-Dquarkus.http.host=" + LOOPBACK);
    arguments.add("-Dquarkus.http.port=" + port);
    Map<String, String> environment =
        switch (service) {
          case INJECTOR -> {
            arguments.add("-Dgreenstick.cluster=" + DemoExperiment.CLUSTER.value());
            arguments.add("-Dgreenstick.injector.namespaces=" + String.join(",", namespaces));
            arguments.add("-Dgreenstick.injector.ledger-namespace=" + cluster.get().ledger());
            if (where instanceof Where.Sandbox) {
              arguments.addAll(Safety.OF_THE_SANDBOX);
            }
            if (where instanceof Where.Existing) {
              // On a cluster that outlives the demo, the ledger is not to, nor is a Lease.
              arguments.add("-Dgreenstick.injector.leader-election=false");
              arguments.add("-Dgreenstick.injector.memory=1s");
              arguments.add("-Dgreenstick.injector.sweep-every=" + SWEEP.toSeconds() + "s");
            }
            yield Map.of("KUBECONFIG", cluster.get().injector().toString());
          }
          case PROBE -> {
            arguments.add("-Dgreenstick.cluster=" + DemoExperiment.CLUSTER.value());
            // Six processes have just started: the first predictions are not to wait for theirs.
            arguments.add("-Dgreenstick.probe.lead=2s");
            yield Map.of("KUBECONFIG", cluster.get().probe().toString());
          }
          case VERDICT -> {
            // Everything shares one machine: the prober is late now and then, and latency counts it
            // in.
            arguments.add("-Dgreenstick.verdict.lateness.share=0.25");
            yield Map.of();
          }
          case SCHEDULER -> Map.of();
          case BROKER, SANDBOX -> throw new IllegalArgumentException(service + " is no service");
        };
    arguments.addAll(
        supervised(
            installation.serviceJar(service).toString(),
            grace(service),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    return parts.start(new Launch(service, installation.java(), arguments, environment));
  }

  // What java -jar does by itself: packages that the jar's manifest opens.
  private static List<String> opened(Path jar) throws CouldNotRun {
    try (JarFile opened = new JarFile(jar.toFile())) {
      String packages = opened.getManifest().getMainAttributes().getValue("Add-Opens");
      return packages == null
          ? List.of()
          : Arrays.stream(packages.strip().split("\\s+"))
              .map(one -> "--add-opens=" + one + "=ALL-UNNAMED")
              .toList();
    } catch (IOException e) {
      throw new CouldNotRun(jar + " cannot be read: " + e, e);
    }
  }

  // In a sandbox there is nothing to take back.
  private long grace(PartName service) {
    return service == PartName.INJECTOR && where instanceof Where.Existing
        ? longestFault.toSeconds() + 5
        : BRIEFLY;
  }

  private List<String> supervised(String classPath, long grace, String main) {
    return List.of(
        "-cp",
        installation.jar("command") + File.pathSeparator + classPath,
        Supervised.class.getName(),
        workplace.directory().toString(),
        String.valueOf(grace),
        main);
  }

  private Void awaitService(int port, Part part) throws CouldNotRun, InterruptedException {
    part.awaitReady(client, url(port).resolve("/q/health/ready"));
    return null;
  }
}
