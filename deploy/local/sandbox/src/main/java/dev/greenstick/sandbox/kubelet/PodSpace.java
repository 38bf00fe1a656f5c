package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which process namespace each container of one pod lives in. Lives on the kubelet's thread.
 *
 * <p>Without {@link ProcessSpaces} all are bare processes of this machine.
 */
final class PodSpace {

  private final Node node;
  private final boolean shared;
  private final Path log;
  private final Function<String, Optional<ContainerProcess>> byName;
  private Optional<ContainerProcess> pause = Optional.empty();

  /**
   * @param byName the process of a container that runs
   */
  PodSpace(Node node, ObjectNode pod, Function<String, Optional<ContainerProcess>> byName) {
    this.node = node;
    this.shared = pod.path("spec").path("shareProcessNamespace").asBoolean();
    this.log = node.directoryOf(pod).resolve("pause.log");
    this.byName = byName;
  }

  /**
   * The command that starts a container's program where it belongs.
   *
   * @throws IOException when the namespace that it would join is not there
   */
  List<String> enclose(Container container, List<String> program) throws IOException {
    if (node.spaces().isEmpty()) {
      return program;
    }
    ProcessSpaces spaces = node.spaces().get();
    if (shared) {
      return spaces.beside(main(pause(spaces)), program);
    }
    String target = container.spec.path("targetContainerName").asText("");
    if (target.isEmpty()) {
      return spaces.alone(program);
    }
    ContainerProcess joined =
        byName
            .apply(target)
            .orElseThrow(() -> new IOException("container " + target + " is not running"));
    return spaces.beside(main(joined), program);
  }

  /** The pod's PID 1, as Kubernetes' pause container is. */
  private ContainerProcess pause(ProcessSpaces spaces) throws IOException {
    if (pause.filter(ContainerProcess::alive).isEmpty()) {
      ContainerProcess started =
          ContainerProcess.start(
              spaces.alone(List.of("sleep", "infinity")),
              true,
              node.environment(),
              log,
              node.guard(),
              node.clock());
      started.awaitMain();
      pause = Optional.of(started);
    }
    return pause.get();
  }

  private static long main(ContainerProcess process) throws IOException {
    return process
        .main()
        .orElseThrow(() -> new IOException("its process namespace is not there (yet)"));
  }

  /** Ends what the pod has beside its containers. */
  void close() {
    pause.ifPresent(
        process -> {
          process.kill();
          node.guard().ended(process.pid());
        });
    pause = Optional.empty();
  }
}
