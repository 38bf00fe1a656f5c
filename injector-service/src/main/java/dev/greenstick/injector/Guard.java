package dev.greenstick.injector;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Workloads;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Fence;
import dev.greenstick.injector.safety.LabelRule;
import dev.greenstick.injector.safety.Limits;
import dev.greenstick.injector.safety.Reach;
import dev.greenstick.injector.safety.Workload;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import dev.greenstick.injector.target.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks, before every act, whether fence and limits allow it: gathers what they need to know of the
 * cluster and of the faults at work. Blocks; throws {@link ClusterException}.
 */
final class Guard {

  /** How many pods a refusal names. */
  private static final int NAMED = 5;

  private final Fence fence;
  private final Limits limits;
  private final Drivers drivers;
  private final Pods pods;
  private final Ledger ledger;

  Guard(Fence fence, Limits limits, Drivers drivers, Pods pods, Ledger ledger) {
    this.fence = fence;
    this.limits = limits;
    this.drivers = drivers;
    this.pods = pods;
    this.ledger = ledger;
  }

  /** What a specification says that cannot or must not be carried out; looks at nothing else. */
  List<Problem> problems(Fault spec) {
    List<Problem> problems = new ArrayList<>(drivers.problems(spec));
    spec.selectors().forEach(selector -> problems.addAll(fence.problems(selector)));
    return problems;
  }

  /** The other faults at work. */
  List<Entry> atWork(FaultId fault) {
    return ledger.open().stream()
        .map(Recorded::entry)
        .filter(entry -> !entry.fault().equals(fault) && entry.state().mayHold().isPresent())
        .toList();
  }

  /** Whether one more fault is too many. */
  List<Problem> tooMany(List<Entry> atWork) {
    return limits.tooMany(atWork.size());
  }

  /** The pods of a selector that may be hit, in order. */
  List<Pod> candidates(dev.greenstick.contracts.experiment.PodChaos.Selector selector) {
    List<Pod> answered =
        Selection.queries(selector, fence.open()).stream()
            .flatMap(query -> pods.list(query).stream())
            .toList();
    String nodes = Selection.nodeLabels(selector);
    Set<String> labelled =
        nodes.isEmpty()
            ? Set.of()
            : drivers.resources().list(ResourceType.NODE, "", nodes).stream()
                .map(node -> node.ref().name())
                .collect(Collectors.toSet());
    return Selection.candidates(selector, fence.open(), answered, labelled);
  }

  /** Where a selector looks. */
  Set<String> namespaces(Fault spec) {
    return Selection.namespaces(spec.selector(), fence.open());
  }

  /**
   * What must not be done to these victims.
   *
   * @param candidates what the selector matches: any of them may be hit by the next command like
   *     this one
   */
  List<Problem> problems(
      Fault spec, List<Pod> candidates, List<Victim> victims, List<Entry> atWork) {
    List<Problem> problems = new ArrayList<>();
    List<Pod> reachable = new ArrayList<>(candidates);
    spec.selectors().stream().skip(1).forEach(each -> reachable.addAll(candidates(each)));
    problems.addAll(labels(reachable));
    if (limits.limitsWorkloads()) {
      problems.addAll(ofWorkloads(spec, candidates, victims, atWork));
    }
    return problems;
  }

  /** What speaks, after a restart, against going on with what was recorded before. */
  List<Problem> problems(FaultId fault, Fault spec, List<Victim> victims) {
    List<Problem> problems = new ArrayList<>();
    spec.selectors().forEach(selector -> problems.addAll(fence.problems(selector)));
    if (!problems.isEmpty()) {
      return problems;
    }
    List<Pod> left = victims.stream().flatMap(each -> pods.get(each.pod()).stream()).toList();
    problems.addAll(labels(left));
    // Chaos Mesh may have begun, and which pods it took down cannot be told from others.
    if (limits.limitsWorkloads() && !drivers.hidesVictims(spec)) {
      problems.addAll(ofWorkloads(spec, left, victims, atWork(fault)));
    }
    return problems;
  }

  /** Which workloads of the victims would be left with too few pods. */
  private List<Problem> ofWorkloads(
      Fault spec, List<Pod> pods, List<Victim> victims, List<Entry> atWork) {
    Reach reach = drivers.of(spec).reach(victims);
    List<Reach> others = atWork.stream().flatMap(entry -> reach(entry).stream()).toList();
    return workloads(pods, victims).stream()
        .flatMap(workload -> limits.problems(workload, others, reach).stream())
        .toList();
  }

  private Optional<Reach> reach(Entry entry) {
    return entry
        .state()
        .mayHold()
        .filter(victims -> !victims.isEmpty())
        .map(victims -> drivers.of(entry.order().spec()).reach(victims));
  }

  private List<Problem> labels(List<Pod> reachable) {
    List<Problem> problems = new ArrayList<>();
    for (LabelRule rule : limits.protectedLabels()) {
      List<Pod> hit = reachable.stream().filter(pod -> rule.matches(pod.labels())).toList();
      if (!hit.isEmpty()) {
        problems.add(
            new Problem(
                "selector",
                "matches %s with the label %s, which greenstick.injector.protected-labels protects: narrow the selector"
                    .formatted(named(hit), rule)));
      }
    }
    limits
        .optIn()
        .ifPresent(
            rule -> {
              List<Pod> not =
                  reachable.stream()
                      .filter(pod -> !rule.matches(pod.labels()))
                      .filter(pod -> !optedIn(pod.ref().namespace(), rule))
                      .toList();
              if (!not.isEmpty()) {
                problems.add(
                    new Problem(
                        "selector",
                        "matches %s without the label %s, which greenstick.injector.opt-in-label requires of pods or their namespace: set it, or select by it"
                            .formatted(named(not), rule)));
              }
            });
    return problems;
  }

  private boolean optedIn(String namespace, LabelRule rule) {
    return drivers
        .resources()
        .get(new ResourceRef(ResourceType.NAMESPACE, "", namespace, ""))
        .filter(found -> rule.matches(found.labels()))
        .isPresent();
  }

  private static String named(List<Pod> some) {
    String first =
        some.stream()
            .limit(NAMED)
            .map(pod -> pod.ref().toString())
            .collect(Collectors.joining(", "));
    return some.size() <= NAMED
        ? "pod " + first
        : "pods %s and %d more".formatted(first, some.size() - NAMED);
  }

  /** The workloads that the victims belong to. */
  private List<Workload> workloads(List<Pod> candidates, List<Victim> victims) {
    Set<PodRef> hit = victims.stream().map(Victim::pod).collect(Collectors.toSet());
    Map<Optional<Pod.Owner>, Pod> examples = new LinkedHashMap<>();
    candidates.stream()
        .filter(pod -> hit.contains(pod.ref()))
        .forEach(pod -> examples.putIfAbsent(Optional.ofNullable(pod.owner()), pod));
    Map<Object, Workload> found = new LinkedHashMap<>();
    examples.forEach(
        (owner, pod) -> {
          Optional<Resource> workload = Workloads.of(drivers.resources(), pod);
          Object key = workload.<Object>map(Resource::ref).orElse(owner);
          found.computeIfAbsent(
              key,
              any ->
                  workload.map(this::workload).orElseGet(() -> ownerless(owner, pod, candidates)));
        });
    return List.copyOf(found.values());
  }

  private Workload workload(Resource owner) {
    int kept = owner.body().path("spec").path("replicas").asInt(1);
    return workload(
        owner.ref().toString(),
        Math.max(kept, drivers.replicasBefore(owner)),
        kept,
        pods
            .list(new PodQuery(owner.ref().namespace(), Workloads.selector(owner), "", List.of()))
            .stream()
            .filter(pod -> pod.owner() != null)
            .toList());
  }

  /** Pods whose owner has no selector that could be asked for: what the fault selects stands in. */
  private static Workload ownerless(Optional<Pod.Owner> owner, Pod example, List<Pod> candidates) {
    List<Pod> alike =
        candidates.stream()
            .filter(pod -> Optional.ofNullable(pod.owner()).equals(owner))
            .filter(pod -> pod.ref().namespace().equals(example.ref().namespace()))
            .toList();
    String name =
        owner
            .map(each -> each.kind() + " " + example.ref().namespace() + "/" + each.name())
            .orElse(
                "the selected pods of namespace "
                    + example.ref().namespace()
                    + " that nothing owns");
    return workload(name, alike.size(), alike.size(), alike);
  }

  private static Workload workload(String name, int wanted, int kept, Collection<Pod> pods) {
    Set<PodRef> all = new TreeSet<>(pods.stream().map(Pod::ref).toList());
    Set<PodRef> ready =
        pods.stream()
            .filter(Pod::ready)
            .filter(pod -> !pod.terminating())
            .map(Pod::ref)
            .collect(Collectors.toSet());
    return new Workload(name, wanted, kept, all, ready);
  }
}
