package dev.greenstick.injector.cluster;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.util.List;
import java.util.Optional;

/**
 * The pods of a cluster. Blocks; safe for many threads.
 *
 * <p>All methods throw {@link ClusterException} when the cluster does not answer or denies; a write
 * may then have happened all the same.
 */
public interface Pods {

  /** What became of a conditional write. */
  enum Written {
    /** Accepted by the API server. */
    DONE,
    /** Not accepted: the pod has changed since it was seen. Look again. */
    CHANGED_MEANWHILE,
    /** Not accepted: the pod, with this UID, no longer exists. */
    GONE
  }

  /** All pods that answer a query, from all pages, in no promised order. */
  List<Pod> list(PodQuery query);

  /** The pod with this namespace, name and UID; empty when it is gone, replaced included. */
  Optional<Pod> get(PodRef pod);

  /**
   * Changes a pod in one call, on condition that it is still as it was seen.
   *
   * @param seen the pod as it was read
   * @param change what to change
   */
  Written patch(Pod seen, PodChange change);

  /**
   * Deletes a pod, on condition that it has this UID. Being accepted is all: the pod ends later.
   *
   * @param graceSeconds how long its processes have to end; 0 kills at once
   */
  Written delete(PodRef pod, long graceSeconds);

  /** What became of an eviction. */
  sealed interface Evicted {

    /** Accepted by the API server: the pod ends later. */
    record Done() implements Evicted {}

    /** The pod, with this UID, no longer exists. */
    record Gone() implements Evicted {}

    /** A disruption budget forbids it now. */
    record Forbidden(String why) implements Evicted {}
  }

  /**
   * Evicts a pod, as its disruption budgets allow, on condition that it has this UID.
   *
   * @param graceSeconds how long its processes have to end; null for as long as the pod says
   */
  Evicted evict(PodRef pod, Long graceSeconds);
}
