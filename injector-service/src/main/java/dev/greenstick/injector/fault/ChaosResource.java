package dev.greenstick.injector.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ChaosMesh;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Reach;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chaos-mesh: a resource of Chaos Mesh, whose own controller chooses the pods and carries it out.
 * It counts as injected once its condition AllInjected is true, and as undone once Chaos Mesh has
 * let it go: its finalizer stays until everything is recovered. All pods that the selector matches
 * are victims in the ledger; the event names those that Chaos Mesh reports.
 */
record ChaosResource(Pods pods, Resources resources, ChaosMesh spec) implements FaultDriver {

  static final String GROUP = "chaos-mesh.org";
  private static final String VERSION = "v1alpha1";

  /** Every kind that a fault can be. */
  static List<ResourceType> types() {
    return Stream.of(ChaosMesh.Kind.values()).map(ChaosResource::type).toList();
  }

  private static ResourceType type(ChaosMesh.Kind kind) {
    // Chaos Mesh's plurals are its kinds in lower case.
    return new ResourceType(
        GROUP, VERSION, kind.text().toLowerCase(Locale.ROOT), kind.text(), true);
  }

  @Override
  public List<Problem> problems() {
    return List.of();
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    ResourceType type = type(spec.kind());
    if (!resources.serves(type)) {
      throw ClusterException.refused(
          "Chaos Mesh is not installed in this cluster: it does not serve %s/%s %s"
              .formatted(GROUP, VERSION, spec.kind().text()),
          null);
    }
    ResourceRef on = new ResourceRef(type, candidates.getFirst().ref().namespace(), "", "");
    return candidates.stream().map(pod -> new Victim(pod.ref(), pod.images(), on)).toList();
  }

  /** Whatever Chaos Mesh does to a pod counts as down: a pod that is slowed may be as good as. */
  @Override
  public Reach reach(List<Victim> victims) {
    return new Reach.Some(
        victims.stream().map(Victim::pod).collect(Collectors.toSet()), most(victims.size()));
  }

  private int most(int candidates) {
    try {
      Mode mode = Json.mapper().convertValue(spec.spec().get("mode"), Mode.class);
      String value = Objects.toString(spec.spec().get("value"), null);
      return mode == null || Choice.problem(mode, value).isPresent()
          ? candidates
          : Choice.most(mode, value, candidates);
    } catch (IllegalArgumentException e) {
      // Chaos Mesh will have to say what it makes of such a mode.
      return candidates;
    }
  }

  @Override
  public String method(List<Victim> victims) {
    return "Chaos Mesh's " + spec.kind().text();
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    ResourceRef ref = ref(fault, victim);
    Optional<Resource> found = resources.get(ref);
    if (found.isEmpty()) {
      resources.create(ref, body(fault, ref));
      found = resources.get(ref);
    }
    JsonNode status =
        found.map(each -> each.body().path("status")).orElse(JsonNodeFactory.instance.nullNode());
    if (!condition(status, "AllInjected") && !condition(status, "AllRecovered")) {
      throw ClusterException.unavailable(
          "%s is not injected yet%s".formatted(ref, lastProblem(status)), null);
    }
    return reports(status, victim.pod());
  }

  private ObjectNode body(FaultId fault, ResourceRef ref) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", ref.type().apiVersion()).put("kind", ref.type().kind());
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("name", ref.name()).put("namespace", ref.namespace());
    metadata.putObject("labels").put(Hold.LABEL, fault.toString());
    ObjectNode own = Json.mapper().valueToTree(spec.spec());
    // Chaos Mesh ends it too, should nobody be there to delete it.
    own.put("duration", GoDuration.format(spec.duration()));
    body.set("spec", own);
    return body;
  }

  private static boolean condition(JsonNode status, String type) {
    return status
        .path("conditions")
        .valueStream()
        .filter(each -> each.path("type").asText().equals(type))
        .anyMatch(each -> each.path("status").asText().equals("True"));
  }

  /** Whether Chaos Mesh lists the pod: its records are {@code namespace/pod[/container]}. */
  private static boolean reports(JsonNode status, PodRef pod) {
    String name = pod.namespace() + "/" + pod.name();
    return status
        .path("experiment")
        .path("containerRecords")
        .valueStream()
        .map(each -> each.path("id").asText())
        .anyMatch(id -> id.equals(name) || id.startsWith(name + "/"));
  }

  private static String lastProblem(JsonNode status) {
    return status
        .path("experiment")
        .path("containerRecords")
        .valueStream()
        .flatMap(each -> each.path("events").valueStream())
        .filter(each -> each.path("type").asText().equals("Failed"))
        .map(each -> ": " + each.path("message").asText())
        .reduce("", (first, last) -> last);
  }

  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    ResourceRef ref = ref(fault, victim);
    Optional<Resource> found = resources.get(ref);
    if (found.isEmpty()) {
      return pods.get(victim.pod()).isPresent() ? Optional.empty() : Optional.of(PodOutcome.GONE);
    }
    delete(resources, found.get());
    throw ClusterException.unavailable(ref + " is not recovered yet", null);
  }

  static void delete(Resources resources, Resource resource) {
    if (!resource.terminating()) {
      resources.delete(resource.ref());
    }
  }

  private static ResourceRef ref(FaultId fault, Victim victim) {
    return new ResourceRef(victim.on().type(), victim.on().namespace(), "greenstick-" + fault, "");
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.RESTORED;
  }
}
