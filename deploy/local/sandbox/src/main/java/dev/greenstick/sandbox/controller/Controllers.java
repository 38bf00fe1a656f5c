package dev.greenstick.sandbox.controller;

import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All controllers, running. */
public final class Controllers implements AutoCloseable {

  private static final Duration PROMPT = Duration.ofMillis(20);
  private static final Duration NODE_HEARTBEAT = Duration.ofSeconds(10);

  private final List<ControlLoop> loops = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param thread on which they all run, one at a time
   * @param endpointsDelay from a pod's change until the endpoints show it
   * @param nodes how many nodes there are
   * @param certificate the API server's authority, PEM
   */
  public Controllers(
      Resources resources,
      EventRecorder events,
      InstantSource clock,
      ScheduledExecutorService thread,
      Duration endpointsDelay,
      int nodes,
      String certificate) {
    NodeController nodeController = new NodeController(resources, clock, nodes);
    nodeController.run();
    loop(resources, thread, NODE_HEARTBEAT, Set.of(), nodeController);
    ControlLoop heartbeat = loops.getFirst();
    var _ =
        thread.scheduleAtFixedRate(
            heartbeat::request, 0, NODE_HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    loop(
        resources,
        thread,
        PROMPT,
        Set.of(ResourceTypes.NAMESPACES, ResourceTypes.PODS, ResourceTypes.SERVICE_ACCOUNTS),
        new NamespaceController(resources, certificate));
    loop(
        resources,
        thread,
        PROMPT,
        Set.of(ResourceTypes.DEPLOYMENTS, ResourceTypes.REPLICA_SETS),
        new DeploymentController(resources, events, clock));
    loop(
        resources,
        thread,
        PROMPT,
        Set.of(ResourceTypes.REPLICA_SETS, ResourceTypes.PODS),
        new ReplicaSetController(resources, events, clock));
    loop(
        resources,
        thread,
        PROMPT,
        Set.of(ResourceTypes.PODS, ResourceTypes.NODES),
        new SchedulingController(resources, events, clock));
    loop(
        resources,
        thread,
        PROMPT,
        Set.of(ResourceTypes.PODS, ResourceTypes.REPLICA_SETS, ResourceTypes.DISRUPTION_BUDGETS),
        new DisruptionController(resources, clock));
    loop(
        resources,
        thread,
        endpointsDelay,
        Set.of(ResourceTypes.PODS, ResourceTypes.SERVICES),
        new EndpointsController(resources));
    Set<ResourceType> owners = new HashSet<>(ResourceTypes.ALL);
    owners.removeAll(Set.of(ResourceTypes.EVENTS, ResourceTypes.LEASES, ResourceTypes.ENDPOINTS));
    loop(resources, thread, Duration.ofMillis(100), owners, new GarbageCollector(resources));
    loops.add(
        new ControlLoop(
            resources.store(),
            thread,
            PROMPT,
            type -> type.custom() || type.equals(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS),
            new CustomResourceController(resources, clock)));
  }

  private void loop(
      Resources resources,
      ScheduledExecutorService thread,
      Duration delay,
      Set<ResourceType> kinds,
      Runnable controller) {
    loops.add(new ControlLoop(resources.store(), thread, delay, kinds, controller));
  }

  @Override
  public void close() {
    loops.forEach(ControlLoop::close);
  }
}
