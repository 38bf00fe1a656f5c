package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.experiment.NetworkDeny.Direction;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.safety.LabelRule;
import dev.greenstick.injector.safety.Limits;
import dev.greenstick.injector.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The role that ships grants what the injector uses, and nothing that it does not use. */
class AccessTest {

  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/[^/]+/[^/]+)(?:/namespaces/([^/]+))?/([^/?]+)(/[^/?]+)?(/[^/?]+)?");
  private static final Duration DURATION = Duration.ofSeconds(30);
  private static final Pattern DISCOVERY = Pattern.compile("/apis/[^/]+/[^/]+");

  private final TestCluster cluster = TestCluster.shared();

  @Test
  void every_verb_that_is_granted_is_used_and_every_one_used_is_granted() throws IOException {
    // Given
    Set<String> used = new ConcurrentSkipListSet<>();
    try (KubernetesClient client = cluster.injector(recording(used))) {
      World world =
          new World(
              new KubernetesPods(client),
              new KubernetesResources(client),
              new KubernetesContainers(client),
              new ConfigMapLedger(client, "greenstick"),
              "default");
      cluster.make("default", "access", Map.of("app", "access"));
      cluster
          .admin()
          .namespaces()
          .withName("default")
          .edit(
              each ->
                  new NamespaceBuilder(each)
                      .editMetadata()
                      .addToLabels("chaos", "allowed")
                      .endMetadata()
                      .build());
      world.limits(new Limits(1, 100, 0, List.of(), Optional.of(LabelRule.parse("chaos=allowed"))));

      // When
      world.sweep();
      run(world, inject(1, podChaos(PodAction.POD_FAILURE, null)));
      run(
          world,
          inject(2, new NetworkDeny(Mode.ALL, null, Direction.BOTH, DURATION, of("access"))));
      run(world, inject(3, podChaos(PodAction.POD_KILL, null)));
      world.deliver(inject(3, podChaos(PodAction.POD_KILL, null)));
      workload("Deployment");
      run(world, inject(4, new ScaleDown(0, DURATION, of("deployment"))));
      workload("ReplicaSet");
      run(world, inject(5, new ScaleDown(0, DURATION, of("replicaset"))));
      workload("StatefulSet");
      run(world, inject(6, new ScaleDown(0, DURATION, of("statefulset"))));
      run(world, inject(7, new NodeDrain(0L, DURATION, of("statefulset"))));
      // What became of these does not matter here: they are tried with real processes elsewhere.
      killContainer(world, 8, true);
      killContainer(world, 9, false);
      elect(client);
      world.pass(World.MEMORY.plusMinutes(10));
      world.sweep();
    }

    // Then
    assertThat(used).containsExactlyElementsOf(granted());
  }

  /** Leads, is asked whether anybody stands by, and lets the other one lead. */
  private static void elect(KubernetesClient client) {
    LeaderElections first = LeaderElections.stand(client, "first");
    assertThat(first.leads()).isTrue();
    LeaderElections second = LeaderElections.stand(client, "second");
    assertThat(first.seesStandby()).isTrue();
    first.leave();
    assertThat(second.leads()).isTrue();
    second.leave();
  }

  private static void run(World world, FaultInject command) {
    assertThat(world.deliver(command)).isTrue();
    world.pass(Duration.ofMinutes(1));
    assertThat(world.emitted.getLast())
        .as("%s: %s", command.spec().faultName(), world.emitted.getLast())
        .isInstanceOf(FaultReverted.class);
  }

  private void killContainer(World world, int number, boolean shared) {
    String app = "kill-" + number;
    cluster
        .admin()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(app)
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withShareProcessNamespace(shared)
                .addNewContainer()
                .withName("server")
                .withImage("model:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
    awaitRunning(app);
    PodChaos spec =
        new PodChaos(
            PodAction.CONTAINER_KILL,
            Mode.ALL,
            null,
            DURATION,
            0,
            List.of("server"),
            of(app),
            null);
    assertThat(world.deliver(inject(number, spec))).isTrue();
    world.pass(Duration.ofSeconds(3));
  }

  /** A workload of this kind with one running pod. */
  private void workload(String kind) {
    String name = kind.toLowerCase(Locale.ROOT);
    ObjectNode workload = Json.mapper().createObjectNode();
    workload.put("apiVersion", "apps/v1").put("kind", kind);
    workload.putObject("metadata").put("name", name).put("namespace", "default");
    ObjectNode spec = workload.putObject("spec").put("replicas", 1);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    template
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", "server")
        .put("image", "model:1");
    if (kind.equals("StatefulSet")) {
      spec.put("serviceName", name);
    }
    GenericKubernetesResource made =
        cluster
            .admin()
            .resource(Json.mapper().convertValue(workload, GenericKubernetesResource.class))
            .inNamespace("default")
            .create();
    if (kind.equals("StatefulSet")) {
      // Nobody runs these in the sandbox.
      PodRef pod = cluster.make("default", name, Map.of("app", name));
      cluster
          .admin()
          .pods()
          .inNamespace("default")
          .withName(pod.name())
          .edit(
              each ->
                  new PodBuilder(each)
                      .editMetadata()
                      .addNewOwnerReference()
                      .withApiVersion("apps/v1")
                      .withKind(kind)
                      .withName(name)
                      .withUid(made.getMetadata().getUid())
                      .withController(true)
                      .endOwnerReference()
                      .endMetadata()
                      .build());
    }
    awaitRunning(name);
  }

  private void awaitRunning(String app) {
    cluster
        .admin()
        .pods()
        .inNamespace("default")
        .withLabel("app", app)
        .waitUntilCondition(
            pod -> pod != null && "Running".equals(pod.getStatus().getPhase()),
            30,
            TimeUnit.SECONDS);
  }

  private static PodChaos podChaos(PodAction action, Boolean evicts) {
    return new PodChaos(action, Mode.ALL, null, DURATION, 0, null, of("access"), evicts);
  }

  private static Selector of(String app) {
    return Selector.ofLabels("default", Map.of("app", app));
  }

  private static FaultInject inject(int number, Fault spec) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.minusSeconds(number));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(600),
        fault,
        Examples.STEP,
        spec);
  }

  /** What the API server has been given of deploy/kubernetes for the injector. */
  private Set<String> granted() throws IOException {
    Set<String> granted = new TreeSet<>();
    for (String namespace : List.of("default", "greenstick")) {
      String roles =
          cluster
              .admin()
              .raw("/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/roles");
      for (JsonNode role : Json.mapper().readTree(roles).path("items")) {
        String name = role.at("/metadata/name").asText();
        if (name.startsWith("greenstick-injector") || name.equals("greenstick-container-kill")) {
          role.path("rules").forEach(rule -> granted.addAll(granted(rule, namespace)));
        }
      }
    }
    String nodes =
        cluster
            .admin()
            .raw("/apis/rbac.authorization.k8s.io/v1/clusterroles/greenstick-injector-nodes");
    Json.mapper()
        .readTree(nodes)
        .path("rules")
        .forEach(rule -> granted.addAll(granted(rule, "the cluster")));
    return granted;
  }

  static Set<String> granted(JsonNode rule, String namespace) {
    Set<String> granted = new TreeSet<>();
    for (JsonNode resource : rule.path("resources")) {
      for (JsonNode verb : rule.path("verbs")) {
        granted.add("%s %s in %s".formatted(verb.asText(), resource.asText(), namespace));
      }
    }
    return granted;
  }

  static Interceptor recording(Set<String> used) {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String uri = request.uri().getRawPath();
        Matcher path = PATH.matcher(uri);
        if (DISCOVERY.matcher(uri).matches()) {
          // Granted to everybody by Kubernetes itself.
          return;
        }
        if (path.matches()) {
          if (uri.endsWith("/exec")) {
            // Begun with GET; the API server asks for the right to create as well.
            used.add("create pods/exec in " + path.group(1));
          }
          String subresource = path.group(4) == null ? "" : path.group(4);
          used.add(
              "%s %s in %s"
                  .formatted(
                      verb(request.method(), path.group(3) != null),
                      path.group(2) + subresource,
                      namespace(path)));
        } else {
          used.add(request.method() + " " + uri);
        }
      }
    };
  }

  /** A request about a namespace is one in that namespace. */
  private static String namespace(Matcher path) {
    if (path.group(1) != null) {
      return path.group(1);
    }
    return path.group(2).equals("namespaces") && path.group(3) != null
        ? path.group(3).substring(1)
        : "the cluster";
  }

  private static String verb(String method, boolean one) {
    return switch (method) {
      case "GET" -> one ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> method;
    };
  }
}
