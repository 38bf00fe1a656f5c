package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.simulation.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The role that ships grants what the injector uses, and nothing that it does not use. */
class AccessTest {

  private static final Pattern PATH =
      Pattern.compile("/api/v1/namespaces/([^/]+)/([^/?]+)(/[^/?]+)?(\\?.*)?");

  private final TestCluster cluster = TestCluster.shared();

  @Test
  void every_verb_that_is_granted_is_used_and_every_one_used_is_granted() throws IOException {
    // Given
    Set<String> used = new ConcurrentSkipListSet<>();
    try (KubernetesClient client = cluster.injector(recording(used))) {
      World world =
          new World(
              new KubernetesPods(client), new ConfigMapLedger(client, "greenstick"), "default");
      cluster.make("default", "access", Map.of("app", "access"));

      // When
      world.sweep();
      world.deliver(inject(1, PodAction.POD_FAILURE));
      world.pass(Duration.ofMinutes(1));
      world.deliver(inject(2, PodAction.POD_KILL));
      world.pass(Duration.ofMinutes(1));
      world.deliver(inject(2, PodAction.POD_KILL));
      world.pass(World.MEMORY.plusMinutes(10));
      world.sweep();
    }

    // Then
    assertThat(used).containsExactlyElementsOf(granted());
  }

  private static FaultInject inject(int number, PodAction action) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.minusSeconds(number));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    Selector selector =
        new Selector(
            List.of("default"), Map.of("app", "access"), null, null, null, null, null, null, null);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(600),
        fault,
        Examples.STEP,
        new PodChaos(action, Mode.ALL, null, Duration.ofSeconds(30), 0, null, selector));
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
        if (role.at("/metadata/name").asText().startsWith("greenstick-injector")) {
          role.path("rules").forEach(rule -> granted.addAll(granted(rule, namespace)));
        }
      }
    }
    return granted;
  }

  private static Set<String> granted(JsonNode rule, String namespace) {
    Set<String> granted = new TreeSet<>();
    for (JsonNode resource : rule.path("resources")) {
      for (JsonNode verb : rule.path("verbs")) {
        granted.add("%s %s in %s".formatted(verb.asText(), resource.asText(), namespace));
      }
    }
    return granted;
  }

  private static Interceptor recording(Set<String> used) {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        Matcher path = PATH.matcher(request.uri().getRawPath());
        if (path.matches()) {
          used.add(
              "%s %s in %s"
                  .formatted(
                      verb(request.method(), path.group(3) != null), path.group(2), path.group(1)));
        } else {
          used.add(request.method() + " " + request.uri().getRawPath());
        }
      }
    };
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
