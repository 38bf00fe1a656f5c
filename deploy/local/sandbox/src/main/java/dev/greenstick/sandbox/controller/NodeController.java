package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Registers the simulated nodes and keeps their leases fresh. */
final class NodeController implements Runnable {

  private static final String LEASES = "kube-node-lease";

  /** Kubernetes' MicroTime always has six digits, also when they are noughts. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Resources resources;
  private final InstantSource clock;
  private final int nodes;

  NodeController(Resources resources, InstantSource clock, int nodes) {
    this.resources = resources;
    this.clock = clock;
    this.nodes = nodes;
  }

  @Override
  public void run() {
    for (int number = 1; number <= nodes; number++) {
      String name = "sandbox-" + number;
      Key key = new Key(ResourceTypes.NODES, "", name);
      if (resources.store().get(key).isEmpty()) {
        resources.create(ResourceTypes.NODES, "", node(name, number), false);
      }
      Key lease = new Key(ResourceTypes.LEASES, LEASES, name);
      String now = MICRO_TIME.format(clock.instant());
      if (resources.store().get(lease).isEmpty()) {
        ObjectNode object =
            Json.MAPPER
                .createObjectNode()
                .put("apiVersion", "coordination.k8s.io/v1")
                .put("kind", "Lease");
        object.putObject("metadata").put("name", name);
        object
            .putObject("spec")
            .put("holderIdentity", name)
            .put("leaseDurationSeconds", 40)
            .put("renewTime", now);
        create(object);
      } else {
        resources.change(
            lease,
            Part.MAIN,
            current -> {
              current.withObjectProperty("spec").put("renewTime", now);
              return current;
            },
            false);
      }
    }
  }

  private void create(ObjectNode lease) {
    try {
      resources.create(ResourceTypes.LEASES, LEASES, lease, false);
    } catch (Refusal refusal) {
      if (refusal.code() != 409) {
        throw refusal;
      }
    }
  }

  private ObjectNode node(String name, int number) {
    String now = Resources.timestamp(clock.instant());
    ObjectNode node = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
    ObjectNode labels = node.putObject("metadata").put("name", name).putObject("labels");
    labels
        .put("kubernetes.io/hostname", name)
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", "amd64");
    node.putObject("spec")
        .put("podCIDR", "10.244.%d.0/24".formatted(number + 1))
        .put("providerID", "sandbox://" + name);
    ObjectNode status = node.putObject("status");
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", "172.18.0." + (number + 1));
    addresses.addObject().put("type", "Hostname").put("address", name);
    for (String field : new String[] {"capacity", "allocatable"}) {
      status.putObject(field).put("cpu", "2").put("memory", "8Gi").put("pods", "110");
    }
    ArrayNode conditions = status.putArray("conditions");
    for (String pressure : new String[] {"MemoryPressure", "DiskPressure", "PIDPressure"}) {
      condition(conditions, pressure, "False", "KubeletHasNo" + pressure, now);
    }
    condition(conditions, "Ready", "True", "KubeletReady", now);
    status
        .putObject("nodeInfo")
        .put("kubeletVersion", "v1.32.0-greenstick-sandbox")
        .put("kubeProxyVersion", "")
        .put("containerRuntimeVersion", "sandbox://1")
        .put("osImage", System.getProperty("os.name"))
        .put("kernelVersion", System.getProperty("os.version"))
        .put("operatingSystem", "linux")
        .put("architecture", System.getProperty("os.arch"))
        .put("machineID", name)
        .put("systemUUID", name)
        .put("bootID", name);
    return node;
  }

  private static void condition(
      ArrayNode conditions, String type, String status, String reason, String now) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", status)
        .put("reason", reason)
        .put("message", reason)
        .put("lastHeartbeatTime", now)
        .put("lastTransitionTime", now);
  }

  @Override
  public String toString() {
    return "node-controller";
  }
}
