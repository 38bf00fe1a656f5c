package dev.greenstick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.balancer.ServiceBalancer;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sandbox as a process of its own, with a model deployed in it. */
@Command(
    name = "greenstick-sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs a Kubernetes API on this machine whose pods are processes.")
public final class SandboxProcess implements Callable<Integer> {

  private static final int COULD_NOT_RUN = 3;
  private static final String TOOL_IMAGE = "nicolaka/netshoot:v0.16";
  private static final String MODEL_IMAGE = "greenstick/model:1";
  private static final ServiceAccountName INJECTOR =
      new ServiceAccountName("greenstick", "greenstick-injector");
  private static final ServiceAccountName PROBE =
      new ServiceAccountName("greenstick", "greenstick-probe");

  @Option(names = "--dir", required = true, description = "Work directory")
  private Path directory;

  @Option(names = "--api-port", defaultValue = "0", description = "Port of the API, 0 for any")
  private int apiPort;

  @Option(
      names = "--service-port",
      defaultValue = "0",
      description = "Port of the model's service, 0 for any")
  private int servicePort;

  @Option(names = "--replicas", defaultValue = "3", description = "Pods that serve the model")
  private int replicas;

  @Option(names = "--roles", description = "YAML files, or directories of them, with the roles")
  private List<Path> roles = new ArrayList<>();

  @Option(names = "--model-classpath", description = "Class path of the model server")
  private String modelClasspath;

  @Option(
      names = "--model-main",
      defaultValue = "dev.greenstick.model.ModelServer",
      description = "Main class of the model server (default: ${DEFAULT-VALUE})")
  private String modelMain;

  @Option(
      names = "--model-name",
      defaultValue = "crescents",
      description = "Name under which the model is served (default: ${DEFAULT-VALUE})")
  private String modelName;

  @Option(
      names = "--model-option",
      description = "An option for the model server's Java, such as -Xmx64m; may be repeated")
  private List<String> modelOptions = new ArrayList<>();

  @Option(names = "--java", description = "The java that runs the model server")
  private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  @Option(
      names = "--isolated",
      description = "Give containers process namespaces, so that exec and debugging work")
  private boolean isolated;

  @Option(names = "--exit-with-parent", description = "Stop when standard input ends")
  private boolean exitWithParent;

  @Override
  public Integer call() throws IOException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  await(stopped);
                }));
    try (Sandbox sandbox = new Sandbox(settings())) {
      sandbox.start();
      deploy(sandbox);
      System.out.println(readyLine(sandbox));
      System.out.flush();
      if (exitWithParent) {
        Thread.ofPlatform().daemon().name("parent").start(() -> waitForParent(stop));
      }
      await(stop);
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private SandboxSettings settings() {
    Images images = Images.pauseOnly();
    if (modelClasspath != null) {
      List<String> command = new ArrayList<>();
      command.add(java.toString());
      command.addAll(modelOptions);
      command.addAll(
          List.of(
              "-cp",
              modelClasspath,
              modelMain,
              "--port",
              "$(PORT)",
              "--model",
              modelName,
              "--exit-with-parent"));
      images = images.with(MODEL_IMAGE, new Image.Program(command));
    }
    if (isolated) {
      // Its tools are this machine's.
      images = images.with(TOOL_IMAGE, new Image.Program(List.of("sh")));
    }
    SandboxSettings settings = SandboxSettings.in(directory);
    return (isolated ? settings.withIsolation() : settings)
        .withApiPort(apiPort)
        .withImages(images)
        .withManifests(roles)
        .withNamespaces(List.of("greenstick"))
        .withServiceAccounts(List.of(INJECTOR, PROBE));
  }

  private void deploy(Sandbox sandbox) {
    sandbox
        .resources()
        .create(
            ResourceTypes.DEPLOYMENTS,
            "default",
            ModelDeployment.deployment(MODEL_IMAGE, replicas),
            false);
    ObjectNode service = ModelDeployment.service();
    if (servicePort != 0) {
      service
          .withObjectProperty("metadata")
          .withObjectProperty("annotations")
          .put(ServiceBalancer.PORT_ANNOTATION, Integer.toString(servicePort));
    }
    sandbox.resources().create(ResourceTypes.SERVICES, "default", service, false);
  }

  private static String readyLine(Sandbox sandbox) throws IOException {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("apiUrl", sandbox.apiUrl().toString());
    line.put("serviceUrl", sandbox.serviceUrl("default", "model").toString());
    line.putObject("kubeconfigs")
        .put("admin", sandbox.adminKubeconfig().toString())
        .put("greenstick-injector", sandbox.kubeconfig(INJECTOR).toString())
        .put("greenstick-probe", sandbox.kubeconfig(PROBE).toString());
    return line.toString();
  }

  private static void waitForParent(CountDownLatch stop) {
    try {
      while (System.in.read() >= 0) {
        // What the parent writes does not matter, only that it lives.
      }
    } catch (IOException e) {
      System.err.println("standard input ended: " + e.getMessage());
    }
    stop.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs until SIGTERM; exit status 3 when the sandbox could not start. */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(new SandboxProcess())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("greenstick-sandbox: " + failure.getMessage());
                  return COULD_NOT_RUN;
                });
    System.exit(commandLine.execute(arguments));
  }
}
