package dev.greenstick.injector.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Network-deny: a NetworkPolicy for each pod, and a label on the pod that only its policy selects.
 * The policy comes first and goes last, so that a label is always found again by its policy.
 * Policies add up to what any of them allows: where another one already allows traffic to the pod,
 * that traffic still flows, and this fault cannot deny it.
 */
record DeniedNetwork(Pods pods, Resources resources, NetworkDeny spec) implements FaultDriver {

  private static final String POD = "greenstick.dev/pod";
  private static final String LABEL = "greenstick.dev/deny-";

  /** The label that pods with any {@link #LABEL} are found by. */
  static final String MARK = "greenstick.dev/denied";

  private static final int ATTEMPTS = 10;

  @Override
  public List<Problem> problems() {
    return Choice.problem(spec.mode(), spec.value()).stream().toList();
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    return Chosen.by(spec.mode(), spec.value(), candidates, seed);
  }

  @Override
  public String method(List<Victim> victims) {
    return "network policies that deny "
        + switch (spec.direction()) {
          case INGRESS -> "ingress";
          case EGRESS -> "egress";
          case BOTH -> "ingress and egress";
        };
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    Optional<Pod> pod = seen == null ? pods.get(victim.pod()) : Optional.of(seen);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (pod.isEmpty() || pod.get().terminating()) {
        undo(resources, pods, fault, victim.pod());
        return false;
      }
      resources.create(policy(fault, victim.pod()), body(fault, victim.pod()));
      if (pod.get().labels().containsKey(label(fault))) {
        return true;
      }
      PodChange labelled =
          labels(Map.of(label(fault), Optional.of(victim.pod().uid()), MARK, Optional.of("true")));
      switch (pods.patch(pod.get(), labelled)) {
        case DONE -> {
          return true;
        }
        case GONE -> pod = Optional.empty();
        case CHANGED_MEANWHILE -> pod = pods.get(victim.pod());
      }
    }
    throw contended(victim.pod());
  }

  private ObjectNode body(FaultId fault, PodRef pod) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", ResourceType.NETWORK_POLICY.apiVersion())
        .put("kind", ResourceType.NETWORK_POLICY.kind());
    ObjectNode metadata = body.putObject("metadata");
    metadata
        .put("name", policy(fault, pod).name())
        .put("namespace", pod.namespace())
        .putObject("labels")
        .put(Hold.LABEL, fault.toString());
    metadata.putObject("annotations").put(POD, pod.name());
    ObjectNode rules = body.putObject("spec");
    rules.putObject("podSelector").putObject("matchLabels").put(label(fault), pod.uid());
    ArrayNode types = rules.putArray("policyTypes");
    switch (spec.direction()) {
      case INGRESS -> types.add("Ingress");
      case EGRESS -> types.add("Egress");
      case BOTH -> types.add("Ingress").add("Egress");
    }
    return body;
  }

  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    return undo(resources, pods, fault, victim.pod());
  }

  /** The pod that a policy of this driver is about; empty when it is none. */
  static Optional<PodRef> podOf(Resource policy, FaultId fault) {
    String uid =
        policy
            .body()
            .path("spec")
            .path("podSelector")
            .path("matchLabels")
            .path(label(fault))
            .asText();
    return uid.isEmpty()
        ? Optional.empty()
        : Optional.of(new PodRef(policy.ref().namespace(), policy.annotation(POD), uid));
  }

  static Optional<PodOutcome> undo(Resources resources, Pods pods, FaultId fault, PodRef victim) {
    boolean gone = !unlabel(pods, fault, victim);
    Optional<Resource> policy = resources.get(policy(fault, victim));
    policy.ifPresent(each -> resources.delete(each.ref()));
    if (gone) {
      return Optional.of(PodOutcome.GONE);
    }
    return policy.map(each -> PodOutcome.RESTORED);
  }

  /** Takes the label off; false when the pod is gone. */
  private static boolean unlabel(Pods pods, FaultId fault, PodRef victim) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Pod> pod = pods.get(victim);
      if (pod.isEmpty()) {
        return false;
      }
      if (!pod.get().labels().containsKey(label(fault))) {
        return true;
      }
      switch (pods.patch(pod.get(), labels(without(fault, pod.get())))) {
        case DONE -> {
          return true;
        }
        case GONE -> {
          return false;
        }
        case CHANGED_MEANWHILE -> {
          // Look again.
        }
      }
    }
    throw contended(victim);
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.RESTORED;
  }

  private static ResourceRef policy(FaultId fault, PodRef pod) {
    return new ResourceRef(
        ResourceType.NETWORK_POLICY,
        pod.namespace(),
        "greenstick-%s-%s".formatted(fault, pod.uid()),
        "");
  }

  private static String label(FaultId fault) {
    return LABEL + fault;
  }

  private static Map<String, Optional<String>> without(FaultId fault, Pod pod) {
    return deniedBy(pod).equals(List.of(fault))
        ? Map.of(label(fault), Optional.empty(), MARK, Optional.empty())
        : Map.of(label(fault), Optional.empty());
  }

  /** The faults whose label a pod has: with their policy, or without when a call came late. */
  static List<FaultId> deniedBy(Pod pod) {
    return pod.labels().keySet().stream()
        .filter(label -> label.startsWith(LABEL))
        .flatMap(label -> fault(label.substring(LABEL.length())).stream())
        .toList();
  }

  private static Optional<FaultId> fault(String id) {
    try {
      return Optional.of(FaultId.parse(id));
    } catch (IllegalArgumentException e) {
      // Somebody else's label, which is left alone.
      return Optional.empty();
    }
  }

  private static PodChange labels(Map<String, Optional<String>> labels) {
    return new PodChange(Images.NONE, Map.of(), labels);
  }

  private static ClusterException contended(PodRef pod) {
    return ClusterException.unavailable(
        "pod %s changed under each of %d patches in a row".formatted(pod, ATTEMPTS), null);
  }
}
