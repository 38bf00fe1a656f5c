package dev.greenstick.injector.simulation;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.PodContainers;
import dev.greenstick.injector.cluster.PodContainers.Container;
import dev.greenstick.injector.cluster.Pods.Written;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers of {@link SimulatedCluster}'s pods. Commands in and beside them do what the
 * scripts of container-kill are tried to do with real processes, guards included. For one thread.
 */
public final class SimulatedContainers implements Containers {

  private static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int KILLED = 137;
  private static final int KILLED_BEFORE = 40;
  private static final int TOO_LATE = 44;

  private final SimulatedCluster cluster;
  private final InstantSource clock;
  private final Map<PodRef, Integer> restarts = new HashMap<>();
  private final Map<PodRef, Map<String, Integer>> tools = new HashMap<>();
  private final List<PodRef> killed = new ArrayList<>();
  private boolean sharing;
  private boolean shells = true;

  SimulatedContainers(SimulatedCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Whether pods share their processes. */
  public void sharing(boolean shared) {
    sharing = shared;
  }

  /** Whether containers have a shell. */
  public void shells(boolean there) {
    shells = there;
  }

  /** The pods whose container was killed, once a kill. */
  public List<PodRef> killed() {
    return List.copyOf(killed);
  }

  @Override
  public Optional<PodContainers> look(PodRef pod) {
    return cluster
        .get(pod)
        .map(
            seen -> {
              int run = restarts.getOrDefault(pod, 0);
              Map<String, Container> added = new HashMap<>();
              tools
                  .getOrDefault(pod, Map.of())
                  .forEach(
                      (name, code) ->
                          added.put(
                              name, new Container(name, null, Map.of(name, code), "", "said")));
              return new PodContainers(
                  seen.terminating(),
                  sharing,
                  Map.of(
                      "server",
                      new Container(
                          id(pod, run),
                          since(run),
                          run == 0 ? Map.of() : Map.of(id(pod, run - 1), KILLED),
                          "",
                          "")),
                  added);
            });
  }

  private static String id(PodRef pod, int run) {
    return pod.uid() + "-" + run;
  }

  private static Instant since(int run) {
    return FIRST_START.plusSeconds(100L * run);
  }

  @Override
  public Ran run(PodRef pod, String container, List<String> command) {
    if (cluster.get(pod).isEmpty()) {
      return new Ran.NotStarted("container not found");
    }
    if (!shells) {
      return new Ran.NotStarted("exec: \"sh\": executable file not found in $PATH");
    }
    if (isLate(command)) {
      return new Ran.Ended(TOO_LATE, "started too late");
    }
    long began = Long.parseLong(command.get(command.size() - 2));
    if (since(restarts.getOrDefault(pod, 0)).getEpochSecond() > began + 2) {
      return new Ran.Ended(KILLED_BEFORE, "");
    }
    kill(pod);
    return new Ran.Ended(0, "");
  }

  @Override
  public Written add(PodRef pod, Tool tool) {
    if (cluster.get(pod).isEmpty()) {
      return Written.GONE;
    }
    Map<String, Integer> added = tools.computeIfAbsent(pod, any -> new HashMap<>());
    if (!added.containsKey(tool.name())) {
      boolean late = isLate(tool.command());
      added.put(tool.name(), late ? TOO_LATE : KILLED);
      if (!late) {
        kill(pod);
      }
    }
    return Written.DONE;
  }

  private boolean isLate(List<String> command) {
    return clock.instant().getEpochSecond() > Long.parseLong(command.getLast());
  }

  private void kill(PodRef pod) {
    restarts.merge(pod, 1, Integer::sum);
    killed.add(pod);
  }
}
