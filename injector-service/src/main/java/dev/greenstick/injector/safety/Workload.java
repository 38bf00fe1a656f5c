package dev.greenstick.injector.safety;

import dev.greenstick.contracts.PodRef;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What serves together, as it is before a fault: a Deployment, ReplicaSet or StatefulSet with its
 * pods; or, where pods have no such owner, those that the fault's selector matches.
 *
 * @param name for people
 * @param wanted how many pods it is to have when no fault is at work
 * @param kept how many it is to have now
 * @param pods its pods
 * @param ready those of them that are ready
 */
public record Workload(String name, int wanted, int kept, Set<PodRef> pods, Set<PodRef> ready) {

  public Workload {
    Objects.requireNonNull(name, "name");
    pods = Set.copyOf(pods);
    ready = Set.copyOf(ready);
  }

  /** How many pods are surely ready still, when all of this reaches it. */
  int left(Collection<Reach> reaches) {
    Set<PodRef> hit = new HashSet<>();
    int fewer = 0;
    int most = kept;
    for (Reach reach : reaches) {
      switch (reach) {
        case Reach.Hits hits -> hit.addAll(hits.pods());
        case Reach.Some some ->
            fewer +=
                Math.min(some.most(), (int) pods.stream().filter(some.among()::contains).count());
        case Reach.Keeps keeps -> {
          if (pods.stream().anyMatch(keeps.of()::contains)) {
            most = Math.min(most, keeps.replicas());
          }
        }
      }
    }
    hit.retainAll(ready);
    // Whom a scale-down leaves nobody knows: it may be those that another fault has.
    return Math.max(0, Math.min(ready.size(), most) - hit.size() - fewer);
  }
}
