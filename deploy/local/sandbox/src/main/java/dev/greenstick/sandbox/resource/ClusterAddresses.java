package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** Hands out cluster addresses from 10.96.0.0/16. Safe for use by several threads. */
final class ClusterAddresses {

  private final Set<String> taken = new HashSet<>();
  private int next = 1;

  synchronized void assign(ObjectNode service) {
    ObjectNode spec = service.withObjectProperty("spec");
    if (spec.path("type").asText().equals("ExternalName")) {
      return;
    }
    String asked = spec.path("clusterIP").asText("");
    if (asked.isEmpty()) {
      do {
        asked = "10.96.%d.%d".formatted(next / 250, next % 250 + 1);
        next = next % 60_000 + 1;
      } while (taken.contains(asked));
      spec.put("clusterIP", asked);
    }
    if (!asked.equals("None")) {
      taken.add(asked);
    }
    spec.putArray("clusterIPs").add(asked);
    spec.putArray("ipFamilies").add("IPv4");
  }

  synchronized void release(ObjectNode service) {
    taken.remove(service.path("spec").path("clusterIP").asText());
  }
}
