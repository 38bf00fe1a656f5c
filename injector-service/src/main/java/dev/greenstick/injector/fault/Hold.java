package dev.greenstick.injector.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pod carries while faults hold it, in one annotation: one snapshot of the originals, and
 * the set of faults; the last one out restores.
 *
 * @param faults who holds it; never empty
 * @param originals the images before the first of them
 * @param pause the image that replaced them
 */
public record Hold(SortedSet<FaultId> faults, Images originals, String pause) {

  /** The annotation. */
  public static final String ANNOTATION = "greenstick.dev/hold";

  /** The label that held pods are found by; its value is one of the faults. */
  public static final String LABEL = "greenstick.dev/fault";

  public Hold {
    faults = Collections.unmodifiableSortedSet(new TreeSet<>(faults));
    Objects.requireNonNull(originals, "originals");
    Objects.requireNonNull(pause, "pause");
  }

  /**
   * The hold that a pod carries; empty when it carries none.
   *
   * @throws ClusterException when somebody has changed the annotation beyond recognition
   */
  public static Optional<Hold> of(Pod pod) {
    String text = pod.annotations().get(ANNOTATION);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readValue(text, Hold.class));
    } catch (JsonProcessingException | RuntimeException e) {
      throw ClusterException.refused(
          "pod %s: annotation %s is not readable, so its original images are unknown; restore them by hand and remove the annotation and the label %s"
              .formatted(pod.ref(), ANNOTATION, LABEL),
          e);
    }
  }

  /** The change by which a fault takes hold of a pod; empty when it already does. */
  static Optional<PodChange> take(Pod pod, FaultId fault, String pause) {
    Optional<Hold> before = of(pod);
    if (before.isEmpty()) {
      Hold hold = new Hold(new TreeSet<>(Set.of(fault)), pod.images(), pause);
      return Optional.of(hold.change(pod.images().all(pause)));
    }
    Hold hold = before.get();
    if (hold.faults.contains(fault)) {
      return Optional.empty();
    }
    SortedSet<FaultId> more = new TreeSet<>(hold.faults);
    more.add(fault);
    return Optional.of(new Hold(more, hold.originals, hold.pause).change(Images.NONE));
  }

  /** Whether the fault is one of those that hold the pod. */
  boolean has(FaultId fault) {
    return faults.contains(fault);
  }

  /** Whether the pod is free when this fault lets go. */
  boolean isLast(FaultId fault) {
    return faults.size() == 1 && has(fault);
  }

  /** The change by which a fault that has the pod lets go of it. */
  PodChange release(Pod pod, FaultId fault) {
    if (isLast(fault)) {
      return new PodChange(
          restored(pod), Map.of(ANNOTATION, Optional.empty()), Map.of(LABEL, Optional.empty()));
    }
    SortedSet<FaultId> fewer = new TreeSet<>(faults);
    fewer.remove(fault);
    return new Hold(fewer, originals, pause).change(Images.NONE);
  }

  /** The originals, except where somebody has set another image than the pause image meanwhile. */
  private Images restored(Pod pod) {
    return new Images(
        restored(pod.images().containers(), originals.containers()),
        restored(pod.images().initContainers(), originals.initContainers()));
  }

  private Map<String, String> restored(Map<String, String> now, Map<String, String> before) {
    Map<String, String> back = new TreeMap<>(before);
    back.keySet().removeIf(name -> !pause.equals(now.get(name)));
    return back;
  }

  private PodChange change(Images images) {
    try {
      return new PodChange(
          images,
          Map.of(ANNOTATION, Optional.of(Json.mapper().writeValueAsString(this))),
          Map.of(LABEL, Optional.of(faults.first().toString())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("hold of faults " + faults + " cannot be written", e);
    }
  }
}
