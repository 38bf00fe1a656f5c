package dev.greenstick.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.conformance.ClusterUnderTest;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.ResourceTypes;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox does beyond Kubernetes' API: processes, ports, files. */
class SandboxTest {

  private static final String IMAGE = "greenstick/model:1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private SandboxSettings settings() {
    return SandboxSettings.in(directory.resolve("sandbox"))
        .withImages(Images.pauseOnly().with(IMAGE, ClusterUnderTest.tinyServer()));
  }

  private static void deploy(Sandbox sandbox, int replicas) {
    sandbox
        .resources()
        .create(
            ResourceTypes.DEPLOYMENTS,
            "default",
            ModelDeployment.deployment(IMAGE, replicas),
            false);
    sandbox.resources().create(ResourceTypes.SERVICES, "default", ModelDeployment.service(), false);
  }

  private static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  private static String get(URI url) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void connectionsAreSpreadOverTheReadyPods() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      deploy(sandbox, 3);
      URI url = sandbox.serviceUrl("default", "model");

      // When
      Set<String> answering = new TreeSet<>();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                String answer = get(url);
                return !answer.isEmpty() && answering.add(answer) && answering.size() == 3;
              });

      // Then
      Set<String> pods =
          sandbox.resources().store().list(ResourceTypes.PODS, "default").objects().stream()
              .map(Json::name)
              .collect(Collectors.toSet());
      assertThat(answering).isEqualTo(pods);
    }
  }

  @Test
  void aServiceWithoutReadyPodsRefuses() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      deploy(sandbox, 0);
      URI url = sandbox.serviceUrl("default", "model");

      // When / Then
      assertThat(get(url)).isEmpty();
    }
  }

  @Test
  void aDeniedPodIsSilentUntilThePolicyIsGone() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      deploy(sandbox, 1);
      URI url = sandbox.serviceUrl("default", "model");
      Awaitility.await().atMost(PATIENCE).until(() -> !get(url).isEmpty());
      try (KubernetesClient admin = client(sandbox.adminKubeconfig())) {
        NetworkPolicy deny =
            new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("deny")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", "model")
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .endSpec()
                .build();

        // When
        NetworkPolicy denied = admin.resource(deny).create();
        Awaitility.await().atMost(PATIENCE).until(() -> get(url).isEmpty());
        int readyMeanwhile = readyReplicas(sandbox);
        admin.resource(denied).delete();

        // Then
        assertThat(readyMeanwhile).isOne();
        Awaitility.await().atMost(PATIENCE).until(() -> !get(url).isEmpty());
      }
    }
  }

  @Test
  void nothingIsLeftWhenItIsClosed() throws IOException {
    // Given
    Set<Long> before = children();
    int port;
    try (Sandbox sandbox = new Sandbox(settings())) {
      sandbox.start();
      deploy(sandbox, 2);
      port = sandbox.apiUrl().getPort();
      Awaitility.await().atMost(PATIENCE).until(() -> readyReplicas(sandbox) == 2);
    }

    // When
    Set<Long> after = children();

    // Then
    assertThat(after).isSubsetOf(before);
    new ServerSocket(port).close();
    assertThat(directory.resolve("sandbox").resolve("pods")).doesNotExist();
  }

  private static int readyReplicas(Sandbox sandbox) {
    return sandbox
        .resources()
        .get(ResourceTypes.DEPLOYMENTS, "default", "model")
        .map(deployment -> deployment.path("status").path("readyReplicas").asInt())
        .orElse(0);
  }

  @Test
  void aKilledProcessIsStartedAgainAndSaysHowItEnded() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      Set<Long> before = children();
      deploy(sandbox, 1);
      Awaitility.await().atMost(PATIENCE).until(() -> readyReplicas(sandbox) == 1);

      // When
      Set<Long> pods = children();
      pods.removeAll(before);
      pods.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

      // Then
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                ObjectNode pod =
                    sandbox
                        .resources()
                        .store()
                        .list(ResourceTypes.PODS, "default")
                        .objects()
                        .getFirst();
                assertThat(pod.at("/status/containerStatuses/0/ready").asBoolean()).isTrue();
                assertThat(pod.at("/status/containerStatuses/0/restartCount").asInt()).isOne();
                assertThat(
                        pod.at("/status/containerStatuses/0/lastState/terminated/exitCode").asInt())
                    .isEqualTo(137);
              });
    }
  }

  @Test
  void aProcessThatIgnoresSigtermIsKilledAfterItsGrace() throws IOException {
    Image stubborn =
        new Image.Program(
            List.of("/bin/sh", "-c", "trap '' TERM; echo here; while :; do sleep 0.2; done"));
    try (Sandbox sandbox =
        new Sandbox(settings().withImages(Images.pauseOnly().with(IMAGE, stubborn)))) {
      // Given
      sandbox.start();
      ObjectNode pod =
          Json.MAPPER
              .createObjectNode()
              .set("metadata", Json.MAPPER.createObjectNode().put("name", "stubborn"));
      pod.putObject("spec")
          .putArray("containers")
          .addObject()
          .put("name", "server")
          .put("image", IMAGE);
      sandbox.resources().create(ResourceTypes.PODS, "default", pod, false);
      try (KubernetesClient client = client(sandbox.adminKubeconfig())) {
        client
            .pods()
            .withName("stubborn")
            .waitUntilCondition(
                each -> each.getStatus().getPhase().equals("Running"), 60, TimeUnit.SECONDS);

        // When
        client.pods().withName("stubborn").withGracePeriod(1).delete();

        // Then
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> client.pods().withName("stubborn").get() == null);
      }
    }
  }

  @Test
  void whatContainersPrintIsTheirLog() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      deploy(sandbox, 1);
      try (KubernetesClient client = client(sandbox.adminKubeconfig())) {
        Awaitility.await().atMost(PATIENCE).until(() -> readyReplicas(sandbox) == 1);
        String pod =
            client
                .pods()
                .withLabel("app", "model")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();

        // When
        String log = client.pods().withName(pod).getLog();

        // Then
        assertThat(log).contains("listening on ");
      }
    }
  }

  @Test
  void manifestsGrantWhatTheySayAndNothingElse() throws IOException {
    // Given
    Path roles = directory.resolve("roles.yaml");
    Files.writeString(
        roles,
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: agent, namespace: default}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: agent, namespace: default}
        rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: agent, namespace: default}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: agent}
        subjects: [{kind: ServiceAccount, name: agent, namespace: default}]
        """);
    try (Sandbox sandbox = new Sandbox(settings().withManifests(List.of(roles)))) {
      sandbox.start();

      // When
      try (KubernetesClient agent =
          client(sandbox.kubeconfig(new ServiceAccountName("default", "agent")))) {

        // Then
        assertThat(agent.pods().list().getItems()).isEmpty();
        assertThatThrownBy(() -> agent.secrets().list())
            .isInstanceOfSatisfying(
                KubernetesClientException.class,
                refusal -> assertThat(refusal.getCode()).isEqualTo(403));
      }
    }
  }

  @Test
  void aTokenThatNobodyIssuedIsUnauthorized() throws IOException {
    try (Sandbox sandbox = new Sandbox(settings())) {
      // Given
      sandbox.start();
      Config config = Config.fromKubeconfig(sandbox.adminKubeconfig().toFile());
      config.setOauthToken("nobody");

      // When / Then
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
        assertThatThrownBy(() -> client.pods().list())
            .isInstanceOfSatisfying(
                KubernetesClientException.class,
                refusal -> assertThat(refusal.getCode()).isEqualTo(401));
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException {
    // Given
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        Sandbox sandbox = new Sandbox(settings().withApiPort(taken.getLocalPort()))) {

      // When / Then
      assertThatThrownBy(sandbox::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void theProcessesOfAKilledSandboxEnd() throws IOException, InterruptedException {
    // Given
    Path classes =
        Path.of(
            ClusterUnderTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Process sandbox =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxProcess.class.getName(),
                "--dir",
                directory.resolve("process").toString(),
                "--replicas",
                "2",
                "--model-classpath",
                classes.toString(),
                "--model-main",
                "dev.greenstick.sandbox.conformance.TinyServer")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = sandbox.inputReader().readLine();
    assertThat(line).contains("apiUrl").contains("greenstick-injector");
    List<ProcessHandle> pods =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> sandbox.descendants().toList(), found -> found.size() == 3);

    // When
    sandbox.destroyForcibly();
    sandbox.waitFor(10, TimeUnit.SECONDS);

    // Then
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> pods.stream().noneMatch(ProcessHandle::isAlive));
  }
}
