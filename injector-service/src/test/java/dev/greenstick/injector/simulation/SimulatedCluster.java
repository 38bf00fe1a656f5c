package dev.greenstick.injector.simulation;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.EntryText;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A cluster in memory, behind the same ports as the real one and held to the same contract. It
 * outlives the injectors that act on it. For one thread.
 */
public final class SimulatedCluster implements Pods, Ledger {

  private final Map<String, Pod> pods = new TreeMap<>();
  private final Map<FaultId, Map.Entry<String, String>> entries = new LinkedHashMap<>();
  private final List<PodRef> deleted = new ArrayList<>();
  private int version;

  /** Adds a running pod with one container and one init container. */
  public PodRef add(String namespace, String name, Map<String, String> labels) {
    PodRef ref = new PodRef(namespace, name, "uid-" + ++version);
    Images images = new Images(Map.of("server", "model:1"), Map.of("fetch", "fetcher:3"));
    put(new Pod(ref, next(), labels, Map.of(), "Running", "node-1", false, images));
    return ref;
  }

  /** Somebody else writes to the pod: its version changes, nothing else does. */
  public void touch(PodRef ref) {
    read(ref).ifPresent(pod -> put(with(pod, pod.annotations(), pod.labels(), pod.images())));
  }

  /** The pod disappears, and another one takes its name. */
  public void replace(PodRef ref) {
    read(ref)
        .ifPresent(
            pod -> {
              Map<String, String> ofTheTemplate = new TreeMap<>(pod.labels());
              ofTheTemplate.remove(Hold.LABEL);
              add(ref.namespace(), ref.name(), ofTheTemplate);
            });
  }

  /** All pods. */
  public List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  /** The pods that were deleted through the port, in order. */
  public List<PodRef> deleted() {
    return List.copyOf(deleted);
  }

  /** All entries of the ledger. */
  public List<Entry> entries() {
    return entries.values().stream().map(entry -> EntryText.read(entry.getValue())).toList();
  }

  @Override
  public List<Pod> list(PodQuery query) {
    return pods.values().stream()
        .filter(pod -> pod.ref().namespace().equals(query.namespace()))
        .filter(pod -> query.names().isEmpty() || query.names().contains(pod.ref().name()))
        .filter(pod -> hasLabels(pod, query.labels()))
        .toList();
  }

  /** Equality and existence are all that the simulation asks for. */
  private static boolean hasLabels(Pod pod, String selector) {
    for (String each : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
      String[] pair = each.split("=", 2);
      String value = pod.labels().get(pair[0]);
      if (value == null || pair.length == 2 && !pair[1].equals(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Pod> get(PodRef pod) {
    return read(pod);
  }

  @Override
  public Written patch(Pod seen, PodChange change) {
    Pod pod = pods.get(seen.ref().toString());
    if (pod == null) {
      return Written.GONE;
    }
    if (!pod.resourceVersion().equals(seen.resourceVersion())) {
      return Written.CHANGED_MEANWHILE;
    }
    Images images =
        new Images(
            merged(pod.images().containers(), change.images().containers()),
            merged(pod.images().initContainers(), change.images().initContainers()));
    put(
        with(
            pod,
            changed(pod.annotations(), change.annotations()),
            changed(pod.labels(), change.labels()),
            images));
    return Written.DONE;
  }

  @Override
  public Written delete(PodRef pod, long graceSeconds) {
    if (read(pod).isEmpty()) {
      return Written.GONE;
    }
    deleted.add(pod);
    // As a ReplicaSet would, though with the same name: the sharper case.
    replace(pod);
    return Written.DONE;
  }

  private static Map<String, String> merged(Map<String, String> now, Map<String, String> next) {
    Map<String, String> merged = new TreeMap<>(now);
    merged.putAll(next);
    return merged;
  }

  private static Map<String, String> changed(
      Map<String, String> now, Map<String, Optional<String>> changes) {
    Map<String, String> changed = new TreeMap<>(now);
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(given -> changed.put(key, given), () -> changed.remove(key)));
    return changed;
  }

  private Optional<Pod> read(PodRef ref) {
    return Optional.ofNullable(pods.get(ref.toString())).filter(pod -> pod.ref().equals(ref));
  }

  private Pod with(
      Pod pod, Map<String, String> annotations, Map<String, String> labels, Images images) {
    return new Pod(
        pod.ref(), next(), labels, annotations, pod.phase(), pod.node(), pod.terminating(), images);
  }

  private void put(Pod pod) {
    pods.put(pod.ref().toString(), pod);
  }

  private String next() {
    return String.valueOf(++version);
  }

  @Override
  public Optional<Recorded> find(FaultId fault) {
    return Optional.ofNullable(entries.get(fault)).map(SimulatedCluster::recorded);
  }

  @Override
  public Optional<Recorded> create(Entry entry) {
    return entries.containsKey(entry.fault()) ? Optional.empty() : Optional.of(write(entry));
  }

  @Override
  public Optional<Recorded> replace(Recorded last, Entry next) {
    return isCurrent(last) ? Optional.of(write(next)) : Optional.empty();
  }

  @Override
  public void remove(Recorded last) {
    if (isCurrent(last)) {
      entries.remove(last.entry().fault());
    }
  }

  @Override
  public List<Recorded> open() {
    return labelled(EntryText.OPEN::equals);
  }

  @Override
  public List<Recorded> settled() {
    return labelled(EntryText.SETTLED::equals);
  }

  private List<Recorded> labelled(Predicate<String> wanted) {
    return entries.values().stream()
        .map(SimulatedCluster::recorded)
        .filter(each -> wanted.test(EntryText.labels(each.entry()).get(EntryText.LEDGER)))
        .toList();
  }

  private boolean isCurrent(Recorded last) {
    var now = entries.get(last.entry().fault());
    return now != null && now.getKey().equals(last.version());
  }

  private Recorded write(Entry entry) {
    var written = Map.entry(next(), EntryText.write(entry));
    entries.put(entry.fault(), written);
    return recorded(written);
  }

  private static Recorded recorded(Map.Entry<String, String> written) {
    return new Recorded(EntryText.read(written.getValue()), written.getKey());
  }
}
