package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One step of a rolling update, as the deployment controller takes it; pure. */
final class Rollout {

  private Rollout() {}

  /** An older ReplicaSet: how many pods it should have and how many are available. */
  record Old(int replicas, int available) {}

  /** How many pods each ReplicaSet should have next, the older ones in the order given. */
  record Step(int current, List<Integer> old) {}

  static Step step(
      JsonNode strategy, int wanted, int current, int currentAvailable, List<Old> old) {
    int surge = resolve(strategy.path("maxSurge"), wanted, true);
    int slack = resolve(strategy.path("maxUnavailable"), wanted, false);
    if (surge == 0 && slack == 0) {
      slack = 1;
    }
    int total = current + old.stream().mapToInt(Old::replicas).sum();
    int grown = current + Math.max(0, Math.min(wanted - current, wanted + surge - total));
    if (current > wanted) {
      grown = wanted;
    }
    int stillNeeded = wanted - slack;
    int newUnavailable = grown - currentAvailable;
    int spare = Math.max(0, total + grown - current - stillNeeded - newUnavailable);
    List<Integer> next = new ArrayList<>();
    for (Old set : old) {
      int broken = Math.min(spare, set.replicas() - set.available());
      next.add(set.replicas() - Math.max(0, broken));
      spare -= Math.max(0, broken);
    }
    int available = currentAvailable + old.stream().mapToInt(Old::available).sum();
    int removable = Math.max(0, Math.min(spare, available - stillNeeded));
    for (int i = 0; i < next.size() && removable > 0; i++) {
      int fewer = Math.min(removable, next.get(i));
      next.set(i, next.get(i) - fewer);
      removable -= fewer;
    }
    return new Step(grown, next);
  }

  /** A number or a percentage of a number. */
  static int resolve(JsonNode value, int of, boolean roundUp) {
    String text = value.asText("");
    if (text.endsWith("%")) {
      double share = Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0;
      return (int) (roundUp ? Math.ceil(share) : Math.floor(share));
    }
    return value.asInt(0);
  }
}
