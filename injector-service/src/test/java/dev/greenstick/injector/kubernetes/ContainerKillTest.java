package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.ConformanceImages;
import dev.greenstick.injector.cluster.Containers.Tool;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.fault.FaultDriver;
import dev.greenstick.injector.ledger.Run;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * container-kill of real processes in real PID namespaces, through the API and under the role that
 * ships. Where the machine gives no namespaces there is nothing to try it on.
 */
@EnabledIf("clusterHasProcessNamespaces")
class ContainerKillTest {

  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  /** Has a shell, and no strace that can; images of a cluster that exists have none at all. */
  private static final String NO_STRACE =
      System.getProperty("greenstick.kubeconfig", "").isEmpty()
          ? "no-strace:1"
          : ConformanceImages.SHELL;

  private static int made;

  private final TestCluster cluster = TestCluster.shared();
  private final List<PodRef> pods = new ArrayList<>();
  private final KubernetesPods api = new KubernetesPods(cluster.injector());
  private final FaultId fault = new FaultId(new UUID(7, ++made));

  static boolean clusterHasProcessNamespaces() {
    return !System.getProperty("greenstick.kubeconfig", "").isEmpty() || Sandbox.canIsolate();
  }

  private FaultDriver driver(String toolImage) {
    return new Drivers(
            api,
            new KubernetesResources(cluster.injector()),
            new KubernetesContainers(cluster.injector()),
            ConformanceImages.PAUSE,
            toolImage)
        .of(
            new PodChaos(
                PodAction.CONTAINER_KILL,
                Mode.ALL,
                null,
                Duration.ofSeconds(30),
                0,
                List.of("main"),
                Selector.ofNamespaces("default"),
                null));
  }

  private PodRef make(String namespace, String image, boolean shared) {
    String name = "killed-" + fault + "-" + ++made;
    List<String> command =
        image.equals(ConformanceImages.SHELL) ? List.of("sleep", "600") : List.of();
    cluster
        .admin()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withShareProcessNamespace(shared)
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .withCommand(command)
                .endContainer()
                .addNewContainer()
                .withName("neighbour")
                .withImage(image)
                .withCommand(command)
                .endContainer()
                .endSpec()
                .build())
        .create();
    Pod running =
        cluster
            .admin()
            .pods()
            .inNamespace(namespace)
            .withName(name)
            .waitUntilCondition(
                pod ->
                    pod != null
                        && pod.getStatus().getContainerStatuses().size() == 2
                        && pod.getStatus().getContainerStatuses().stream()
                            .allMatch(each -> each.getState().getRunning() != null),
                30,
                TimeUnit.SECONDS);
    PodRef ref = new PodRef(namespace, name, running.getMetadata().getUid());
    pods.add(ref);
    return ref;
  }

  @AfterEach
  void removePods() {
    pods.forEach(
        pod ->
            cluster
                .admin()
                .pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .withGracePeriod(0)
                .delete());
  }

  private Victim choose(FaultDriver driver, PodRef pod) {
    return driver.choose(List.of(api.get(pod).orElseThrow()), 1).getFirst();
  }

  /** As Progress does: again after what may pass. */
  private boolean apply(FaultDriver driver, Victim victim, Instant until) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              try {
                return driver.apply(fault, victim, null, until);
              } catch (ClusterException e) {
                if (e.passing()) {
                  return null;
                }
                throw e;
              }
            },
            outcome -> outcome != null);
  }

  private ContainerStatus status(PodRef pod, String container) {
    return cluster
        .admin()
        .pods()
        .inNamespace(pod.namespace())
        .withName(pod.name())
        .get()
        .getStatus()
        .getContainerStatuses()
        .stream()
        .filter(each -> each.getName().equals(container))
        .findFirst()
        .orElseThrow();
  }

  private void awaitRestart(PodRef pod) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status(pod, "main").getState().getRunning() != null);
  }

  private void assertKilledOnce(PodRef pod) {
    awaitRestart(pod);
    assertThat(status(pod, "main").getRestartCount()).isEqualTo(1);
    assertThat(status(pod, "main").getLastState().getTerminated().getExitCode()).isEqualTo(137);
    assertThat(status(pod, "neighbour").getRestartCount()).isZero();
  }

  @Test
  void shell_in_the_container_kills_where_processes_are_shared() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, true);
    FaultDriver driver = driver("");
    Victim victim = choose(driver, pod);

    // When
    boolean killed = apply(driver, victim, LATER);

    // Then
    assertThat(killed).isTrue();
    assertKilledOnce(pod);
    assertThat(driver.method(List.of(victim))).contains("a shell executed in the container");
    assertThat(driver.undo(fault, victim)).contains(PodOutcome.NOTHING_TO_RESTORE);
  }

  @Test
  void run_that_replaced_the_killed_one_is_left_alone() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, true);
    FaultDriver driver = driver("");
    Victim victim = choose(driver, pod);
    assertThat(apply(driver, victim, LATER)).isTrue();
    awaitRestart(pod);

    Run old = victim.runs().getFirst();
    Run next = new Run("main", status(pod, "main").getContainerID(), old.since(), true);
    Victim mistaken = new Victim(pod, victim.originals(), null, List.of(next));

    // When
    Throwable outcome = catchThrowable(() -> driver.apply(fault, mistaken, null, LATER));

    // Then
    assertThat(outcome).hasMessageEndingWith("not reported as killed yet: main");
    assertKilledOnce(pod);
  }

  @Test
  void tracer_in_an_ephemeral_container_kills_a_main_process_that_is_pid_one() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, false);
    FaultDriver driver = driver(ConformanceImages.TOOL);
    Victim victim = choose(driver, pod);

    // When
    boolean killed = apply(driver, victim, LATER);

    // Then
    assertThat(killed).isTrue();
    assertThat(apply(driver, victim, LATER)).isTrue();
    assertKilledOnce(pod);
    assertThat(driver.method(List.of(victim)))
        .contains(
            "strace --kill-on-exit in an ephemeral container of image " + ConformanceImages.TOOL);
  }

  @Test
  void tool_without_a_strace_that_can_says_so_and_nothing_is_killed() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, false);
    FaultDriver driver = driver(NO_STRACE);
    Victim victim = choose(driver, pod);

    // When / Then
    assertThatThrownBy(() -> apply(driver, victim, LATER))
        .hasStackTraceContaining("strace (6.6 or newer is needed) cannot trace the main process");
    assertThat(status(pod, "main").getRestartCount()).isZero();
    assertThat(driver.undo(fault, victim)).isEmpty();
  }

  @Test
  void tool_that_starts_too_late_kills_nothing() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, false);
    FaultDriver driver = driver(ConformanceImages.TOOL);
    Victim victim = choose(driver, pod);

    // When / Then
    assertThatThrownBy(() -> apply(driver, victim, LONG_AGO))
        .hasStackTraceContaining("started too late");
    assertThat(status(pod, "main").getRestartCount()).isZero();
  }

  @Test
  void tool_whose_image_cannot_be_pulled_is_waited_for_and_named() {
    // Given
    PodRef pod = make("default", ConformanceImages.SHELL, false);
    FaultDriver driver = driver("nowhere.example/tools:1");
    Victim victim = choose(driver, pod);

    // When / Then
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> driver.apply(fault, victim, null, LATER))
                    .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.passing()).isTrue())
                    .hasMessageContaining("nowhere.example/tools:1")
                    .hasMessageContaining("ImagePull"));
  }

  @Test
  void container_without_a_shell_is_named() {
    // Given
    PodRef pod = make("default", ConformanceImages.MODEL, true);
    FaultDriver driver = driver("");
    Victim victim = choose(driver, pod);

    // When / Then
    assertThatThrownBy(() -> apply(driver, victim, LATER))
        .hasStackTraceContaining("container main of pod " + pod + " has no shell");
  }

  @Test
  void pod_security_that_forbids_tracing_is_the_reason() {
    // Given
    cluster
        .admin()
        .resource(
            new NamespaceBuilder(cluster.admin().namespaces().withName("default").get())
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                .endMetadata()
                .build())
        .update();
    try {
      PodRef pod = make("default", ConformanceImages.SHELL, false);
      FaultDriver driver = driver(ConformanceImages.TOOL);
      Victim victim = choose(driver, pod);

      // When / Then
      assertThatThrownBy(() -> apply(driver, victim, LATER))
          .hasStackTraceContaining("violates PodSecurity \"baseline:latest\"")
          .hasStackTraceContaining("is not allowed in namespace default");
    } finally {
      cluster
          .admin()
          .resource(
              new NamespaceBuilder(cluster.admin().namespaces().withName("default").get())
                  .editMetadata()
                  .removeFromLabels("pod-security.kubernetes.io/enforce")
                  .endMetadata()
                  .build())
          .update();
    }
  }

  @Test
  void what_cannot_be_killed_is_refused_before_anything_is_done() {
    // Given
    PodRef alone = make("default", ConformanceImages.SHELL, false);
    PodRef other = cluster.make("default", "no-main", Map.of());

    // When / Then
    assertThatThrownBy(() -> choose(driver(""), alone))
        .hasMessageContaining("shareProcessNamespace")
        .hasMessageContaining("greenstick.injector.tool-image");
    assertThatThrownBy(() -> choose(driver(ConformanceImages.TOOL), other))
        .hasMessageContaining("has no container main, only server");
  }

  @Test
  void namespace_without_the_role_is_denied_with_what_to_grant() {
    // Given
    PodRef pod = make("fenced", ConformanceImages.SHELL, true);
    KubernetesContainers containers = new KubernetesContainers(cluster.injector());

    // When / Then
    assertThatThrownBy(() -> containers.run(pod, "main", List.of("true")))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isFalse())
        .hasMessageContaining("deploy/kubernetes/injector-container-kill.yaml");
    assertThatThrownBy(
            () ->
                containers.add(pod, new Tool("t", ConformanceImages.TOOL, "main", List.of("true"))))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isFalse())
        .hasMessageContaining("deploy/kubernetes/injector-container-kill.yaml");
  }
}
