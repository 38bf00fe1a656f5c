package dev.greenstick.sandbox.kubelet;

import dev.greenstick.sandbox.storage.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs further commands in containers that run. Safe for use by several threads. */
public final class ContainerCommands {

  /** A container is entered once its program has taken the place of what started it. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final int ATTEMPTS = 100;

  private final Node node;
  private final Map<String, PodWorker> workers;

  ContainerCommands(Node node, Map<String, PodWorker> workers) {
    this.node = node;
    this.workers = workers;
  }

  /** Whether this kubelet can do it at all. */
  public boolean possible() {
    return node.spaces().isPresent();
  }

  /**
   * Starts a command in the container's process namespace, with its mounts and variables.
   *
   * @return the process; fails with a {@link Refusal} where no such container runs, and with an
   *     {@link IOException} where its image has nothing to run the command with
   */
  public CompletableFuture<Process> start(String podUid, String container, List<String> command) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    node.soon(() -> run(podUid, container, command, ATTEMPTS, started));
    return started;
  }

  private void run(
      String podUid,
      String container,
      List<String> command,
      int attempts,
      CompletableFuture<Process> started) {
    try {
      long main = main(podUid, container, command);
      if (attempts > 1 && ProcessSpaces.isEntering(main)) {
        node.later(PAUSE, () -> run(podUid, container, command, attempts - 1, started));
        return;
      }
      started.complete(run(main, command));
    } catch (IOException | Refusal e) {
      started.completeExceptionally(e);
    }
  }

  private long main(String podUid, String container, List<String> command) throws IOException {
    PodWorker worker = workers.get(podUid);
    if (worker == null || !worker.runs(container)) {
      throw Refusal.badRequest("container not found (\"" + container + "\")");
    }
    ContainerProcess process =
        worker
            .process(container)
            .orElseThrow(
                () ->
                    new IOException(
                        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"%s\": executable file not found in $PATH: unknown"
                            .formatted(command.getFirst())));
    return process
        .main()
        .orElseThrow(() -> Refusal.badRequest("container not found (\"" + container + "\")"));
  }

  private Process run(long main, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(node.spaces().orElseThrow().inside(main, command))
            .directory(node.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(node.environment());
    builder.environment().putAll(variables(main));
    Process started = builder.start();
    node.guard().started(started.pid());
    var _ = started.onExit().thenAccept(ended -> node.guard().ended(ended.pid()));
    return started;
  }

  private static Map<String, String> variables(long pid) throws IOException {
    Map<String, String> variables = new HashMap<>();
    String all =
        Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.UTF_8);
    for (String each : all.split("\0", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        variables.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return variables;
  }
}
