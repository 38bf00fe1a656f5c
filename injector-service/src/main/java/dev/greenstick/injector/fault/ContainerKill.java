package dev.greenstick.injector.fault;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.Containers.Ran;
import dev.greenstick.injector.cluster.Containers.Tool;
import dev.greenstick.injector.cluster.PodContainers;
import dev.greenstick.injector.cluster.PodContainers.Container;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.ledger.Run;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chaos Mesh's container-kill: SIGKILL to the containers' main processes, through the API server
 * alone. In a pod that shares its processes a shell in the container does it; elsewhere a tracer in
 * an ephemeral container. It counts as injected once the node reports that the very runs that were
 * chosen ended with exit code 137.
 *
 * @param toolImage has a shell, {@code date}, {@code sleep} and strace 6.6 or newer; empty for none
 */
record ContainerKill(Containers containers, PodChaos spec, String toolImage)
    implements FaultDriver {

  private static final int KILLED = 137;

  /** Why an ephemeral container will never start, however long one waits. */
  private static final Set<String> HOPELESS =
      Set.of("InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError");

  @Override
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Choice.problem(spec.mode(), spec.value()).ifPresent(problems::add);
    if (spec.containerNames().isEmpty()) {
      problems.add(
          new Problem("containerNames", "is missing; container-kill needs the names to kill"));
    }
    return problems;
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    return Choice.choose(spec.mode(), spec.value(), candidates, seed).stream()
        .map(pod -> new Victim(pod.ref(), pod.images(), null, runs(pod.ref())))
        .toList();
  }

  private List<Run> runs(PodRef pod) {
    PodContainers seen =
        containers
            .look(pod)
            .orElseThrow(
                () -> ClusterException.unavailable("pod " + pod + " has gone meanwhile", null));
    List<Run> runs = new ArrayList<>();
    for (String name : new LinkedHashSet<>(spec.containerNames())) {
      Container container = seen.containers().get(name);
      if (container == null) {
        throw ClusterException.refused(
            "pod %s has no container %s, only %s"
                .formatted(pod, name, String.join(", ", new TreeSet<>(seen.containers().keySet()))),
            null);
      }
      if (container.runningSince() == null || container.id().isEmpty()) {
        throw ClusterException.refused(
            "container %s of pod %s does not run, so it cannot be killed%s"
                .formatted(name, pod, because(container.waitingFor())),
            null);
      }
      if (!seen.sharesProcesses() && toolImage.isBlank()) {
        throw ClusterException.refused(
            "container %s of pod %s can only be killed from an ephemeral container, because the pod does not share its processes (shareProcessNamespace); set greenstick.injector.tool-image"
                .formatted(name, pod),
            null);
      }
      runs.add(new Run(name, container.id(), container.runningSince(), seen.sharesProcesses()));
    }
    return runs;
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  @Override
  public String method(List<Victim> victims) {
    Set<String> ways = new TreeSet<>();
    for (Victim victim : victims) {
      for (Run run : victim.runs()) {
        ways.add(
            run.sharesProcesses()
                ? "a shell executed in the container, whose pod shares its processes"
                : "strace --kill-on-exit in an ephemeral container of image " + toolImage);
      }
    }
    return "SIGKILL to the main process of %s, by %s; exit code 137 seen"
        .formatted(String.join(", ", spec.containerNames()), String.join(", and by ", ways));
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    Optional<PodContainers> now = containers.look(victim.pod());
    if (now.isEmpty() || now.get().terminating()) {
      return false;
    }
    List<String> alive = new ArrayList<>();
    for (Run run : victim.runs()) {
      Container container = now.get().containers().get(run.container());
      Integer exitCode = container == null ? null : container.ended().get(run.id());
      if (exitCode == null) {
        if (container != null && container.id().equals(run.id())) {
          alive.add(run.container() + kill(fault, victim.pod(), run, now.get(), until));
        } else {
          throw lost(victim.pod(), run, "it has been restarted more than once since");
        }
      } else if (exitCode != KILLED) {
        throw lost(victim.pod(), run, "it ended by itself with exit code " + exitCode);
      }
    }
    if (!alive.isEmpty()) {
      throw ClusterException.unavailable(
          "pod %s: not reported as killed yet: %s"
              .formatted(victim.pod(), String.join("; ", alive)),
          null);
    }
    return true;
  }

  private static ClusterException lost(PodRef pod, Run run, String why) {
    return ClusterException.refused(
        "container %s of pod %s was not seen to be killed: %s".formatted(run.container(), pod, why),
        null);
  }

  /** Does what is left to do; the reason, if any, why the run may still be alive. */
  private String kill(FaultId fault, PodRef pod, Run run, PodContainers now, Instant until) {
    return run.sharesProcesses()
        ? killInside(pod, run, until)
        : killBeside(fault, pod, run, now, until);
  }

  private String killInside(PodRef pod, Run run, Instant until) {
    return switch (containers.run(pod, run.container(), Kills.inTheContainer(run, until))) {
      case Ran.NotStarted(String why) when why.contains("executable file not found") ->
          throw ClusterException.refused(
              "container %s of pod %s has no shell to kill its main process with: %s"
                  .formatted(run.container(), pod, why),
              null);
      case Ran.NotStarted(String why) -> " (" + why + ")";
      case Ran.Ended(int code, String output) ->
          switch (code) {
            // The shell may be taken along by what it killed.
            case 0, KILLED, Kills.KILLED_BEFORE -> "";
            case Kills.TOO_YOUNG -> " (too young to be told from a next run)";
            default ->
                throw ClusterException.refused(
                    "container %s of pod %s could not be killed by a shell in it: %s (exit code %d)"
                        .formatted(run.container(), pod, output.strip(), code),
                    null);
          };
    };
  }

  private String killBeside(FaultId fault, PodRef pod, Run run, PodContainers now, Instant until) {
    String name = "greenstick-%s-%d".formatted(fault, index(run));
    Container tool = now.tools().get(name);
    if (tool == null) {
      Written added =
          containers.add(
              pod, new Tool(name, toolImage, run.container(), Kills.besideTheContainer(until)));
      return added == Written.GONE ? " (the pod has gone)" : "";
    }
    for (var ended : tool.ended().entrySet()) {
      if (ended.getValue() != KILLED) {
        throw ClusterException.refused(
            "container %s of pod %s could not be killed from ephemeral container %s of image %s: %s (exit code %d)"
                .formatted(
                    run.container(), pod, name, toolImage, tool.said().strip(), ended.getValue()),
            null);
      }
    }
    if (HOPELESS.stream().anyMatch(tool.waitingFor()::startsWith)) {
      throw ClusterException.refused(
          "container %s of pod %s could not be killed: ephemeral container %s of image %s does not start: %s"
              .formatted(run.container(), pod, name, toolImage, tool.waitingFor()),
          null);
    }
    return tool.waitingFor().isEmpty()
        ? ""
        : " (ephemeral container %s of image %s: %s)".formatted(name, toolImage, tool.waitingFor());
  }

  private int index(Run run) {
    return spec.containerNames().indexOf(run.container());
  }

  /** A killed run stays killed; its container is the node's to restart. */
  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    Optional<PodContainers> now = containers.look(victim.pod());
    boolean killed =
        now.isEmpty()
            || victim.runs().stream()
                .anyMatch(
                    run ->
                        Optional.ofNullable(now.get().containers().get(run.container()))
                            .filter(
                                each -> !each.id().equals(run.id()) || each.runningSince() == null)
                            .isPresent());
    return killed ? Optional.of(PodOutcome.NOTHING_TO_RESTORE) : Optional.empty();
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.NOTHING_TO_RESTORE;
  }
}
