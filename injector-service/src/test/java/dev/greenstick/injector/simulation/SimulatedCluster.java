package dev.greenstick.injector.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
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
import java.util.function.UnaryOperator;

/**
 * A cluster in memory, behind the same ports as the real one and held to the same contract. It
 * outlives the injectors that act on it. For one thread.
 */
public final class SimulatedCluster implements Pods, Resources, Ledger {

  private final Map<String, Pod> pods = new TreeMap<>();
  private final Map<FaultId, Map.Entry<String, String>> entries = new LinkedHashMap<>();
  private final List<PodRef> deleted = new ArrayList<>();
  private final Map<ResourceRef, Resource> resources = new LinkedHashMap<>();
  private String budget = "";
  private boolean chaosMesh = true;
  private Pod.Owner owner;
  private int version;

  /** Adds a running pod with one container and one init container. */
  public PodRef add(String namespace, String name, Map<String, String> labels) {
    return add(
        namespace,
        name,
        labels,
        new Images(Map.of("server", "model:1"), Map.of("fetch", "fetcher:3")));
  }

  /** Adds a running pod with these images. */
  public PodRef add(String namespace, String name, Map<String, String> labels, Images images) {
    PodRef ref = new PodRef(namespace, name, "uid-" + ++version);
    put(new Pod(ref, next(), labels, Map.of(), "Running", "node-1", false, images, owner, true));
    return ref;
  }

  /** Pods that are added from now on belong to this Deployment, through a ReplicaSet. */
  public ResourceRef deployment(String namespace, String name, int replicas) {
    Resource deployment =
        put(ResourceType.DEPLOYMENT, namespace, name, Map.of("replicas", replicas), Map.of());
    Resource set =
        put(
            ResourceType.REPLICA_SET,
            namespace,
            name + "-1",
            Map.of("replicas", replicas),
            Map.of(
                "ownerReferences",
                List.of(
                    Map.of(
                        "kind",
                        "Deployment",
                        "name",
                        name,
                        "uid",
                        deployment.ref().uid(),
                        "controller",
                        true))));
    owner = new Pod.Owner("ReplicaSet", set.ref().name(), set.ref().uid());
    return deployment.ref();
  }

  /** Adds a node. */
  public ResourceRef node(String name) {
    return put(ResourceType.NODE, "", name, Map.of(), Map.of()).ref();
  }

  /** From now on evictions are refused with this reason; empty for none. */
  public void budget(String reason) {
    budget = reason;
  }

  /** Whether Chaos Mesh is installed. */
  public void chaosMesh(boolean installed) {
    chaosMesh = installed;
  }

  /** All objects that are no pods. */
  public List<Resource> resources() {
    return List.copyOf(resources.values());
  }

  private Resource put(
      ResourceType type,
      String namespace,
      String name,
      Map<String, Object> spec,
      Map<String, Object> more) {
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode metadata = body.putObject("metadata");
    metadata.setAll((ObjectNode) Json.mapper().valueToTree(more));
    metadata.put("namespace", namespace).put("name", name);
    body.set("spec", Json.mapper().valueToTree(spec));
    ResourceRef ref = new ResourceRef(type, namespace, name, "");
    create(ref, body);
    return get(ref).orElseThrow();
  }

  @Override
  public boolean serves(ResourceType type) {
    return type.group().equals("chaos-mesh.org") ? chaosMesh : !type.group().contains("nowhere");
  }

  @Override
  public Optional<Resource> get(ResourceRef ref) {
    return Optional.ofNullable(resources.get(key(ref)));
  }

  private static ResourceRef key(ResourceRef ref) {
    return new ResourceRef(ref.type(), ref.namespace(), ref.name(), "");
  }

  @Override
  public List<Resource> list(ResourceType type, String namespace, String labels) {
    return resources.values().stream()
        .filter(each -> each.ref().type().equals(type))
        .filter(each -> each.ref().namespace().equals(namespace))
        .filter(each -> hasLabels(labels, each::label))
        .toList();
  }

  @Override
  public void create(ResourceRef ref, ObjectNode body) {
    if (!resources.containsKey(key(ref))) {
      ObjectNode made = body.deepCopy();
      made.withObject("/metadata").put("uid", "uid-" + ++version).put("resourceVersion", next());
      if (ref.type().group().equals("chaos-mesh.org")) {
        // As Chaos Mesh's controller would, at once.
        ObjectNode status = made.putObject("status");
        status.putArray("conditions").addObject().put("type", "AllInjected").put("status", "True");
        ArrayNode records = status.putObject("experiment").putArray("containerRecords");
        pods.values().stream()
            .filter(pod -> pod.ref().namespace().equals(ref.namespace()))
            .forEach(pod -> records.addObject().put("id", pod.ref().toString() + "/server"));
      }
      resources.put(key(ref), Resource.of(ref.type(), made));
    }
  }

  @Override
  public Written patch(Resource seen, ObjectNode patch) {
    Resource now = resources.get(key(seen.ref()));
    if (now == null) {
      return Written.GONE;
    }
    if (!now.resourceVersion().equals(seen.resourceVersion())) {
      return Written.CHANGED_MEANWHILE;
    }
    ObjectNode body = now.body().deepCopy();
    merge(body, patch);
    body.withObject("/metadata").put("resourceVersion", next());
    resources.put(key(seen.ref()), Resource.of(seen.ref().type(), body));
    return Written.DONE;
  }

  /** RFC 7396. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                target.remove(field.getKey());
              } else if (field.getValue() instanceof ObjectNode inner) {
                if (!target.path(field.getKey()).isObject()) {
                  target.putObject(field.getKey());
                }
                merge((ObjectNode) target.get(field.getKey()), inner);
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }

  @Override
  public Written delete(ResourceRef ref) {
    Resource now = resources.get(key(ref));
    if (now == null) {
      return Written.GONE;
    }
    if (!now.ref().uid().equals(ref.uid())) {
      return Written.CHANGED_MEANWHILE;
    }
    resources.remove(key(ref));
    return Written.DONE;
  }

  @Override
  public Evicted evict(PodRef pod, Long graceSeconds) {
    if (read(pod).isEmpty()) {
      return new Evicted.Gone();
    }
    if (!budget.isEmpty()) {
      return new Evicted.Forbidden(budget);
    }
    delete(pod, 0);
    return new Evicted.Done();
  }

  /** Somebody else writes to the pod: its version changes, nothing else does. */
  public void touch(PodRef ref) {
    read(ref).ifPresent(pod -> put(with(pod, pod.annotations(), pod.labels(), pod.images())));
  }

  /** The pod is not ready from now on. */
  public void unready(PodRef ref) {
    Pod pod = read(ref).orElseThrow();
    put(
        new Pod(
            ref,
            next(),
            pod.labels(),
            pod.annotations(),
            "Pending",
            pod.node(),
            false,
            pod.images(),
            pod.owner(),
            false));
  }

  /** Labels a namespace. */
  public void namespace(String name, Map<String, String> labels) {
    resources.remove(new ResourceRef(ResourceType.NAMESPACE, "", name, ""));
    put(ResourceType.NAMESPACE, "", name, Map.of(), Map.of("labels", labels));
  }

  /** The pod disappears, and another one takes its name. */
  public void replace(PodRef ref) {
    read(ref)
        .ifPresent(
            pod -> {
              Map<String, String> ofTheTemplate = new TreeMap<>(pod.labels());
              ofTheTemplate.keySet().removeIf(label -> label.startsWith("greenstick.dev/"));
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
        .filter(pod -> hasLabels(query.labels(), key -> pod.labels().getOrDefault(key, "")))
        .toList();
  }

  /** Equality and existence are all that the simulation asks for. */
  private static boolean hasLabels(String selector, UnaryOperator<String> labels) {
    for (String each : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
      String[] pair = each.split("=", 2);
      String value = labels.apply(pair[0]);
      if (value.isEmpty() || pair.length == 2 && !pair[1].equals(value)) {
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
        pod.ref(),
        next(),
        labels,
        annotations,
        pod.phase(),
        pod.node(),
        pod.terminating(),
        images,
        pod.owner(),
        pod.ready());
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
