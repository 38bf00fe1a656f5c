package dev.greenstick.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Commands and ephemeral containers, whose signals are the kernel's, where it gives namespaces. */
@EnabledIf("dev.greenstick.sandbox.Sandbox#canIsolate")
class IsolatedContainersTest {

  private static final String SHELL = "shell:1";

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws IOException {
    sandbox =
        new Sandbox(
            SandboxSettings.in(directory.resolve("sandbox"))
                .withImages(
                    Images.pauseOnly().with(SHELL, new Image.Program(List.of("sleep", "600"))))
                .withIsolation());
    sandbox.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(sandbox.adminKubeconfig().toFile()))
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    sandbox.close();
  }

  private static Pod make(String name, String image, boolean shared, String... command) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withShareProcessNamespace(shared)
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .withCommand(command)
                .addNewEnv()
                .withName("COLOUR")
                .withValue("green")
                .endEnv()
                .endContainer()
                .endSpec()
                .build())
        .create();
    return await(name, pod -> main(pod).getState().getRunning() != null);
  }

  private static Pod await(String name, Predicate<Pod> condition) {
    return client
        .pods()
        .inNamespace("default")
        .withName(name)
        .waitUntilCondition(
            pod ->
                pod != null
                    && !pod.getStatus().getContainerStatuses().isEmpty()
                    && condition.test(pod),
            30,
            TimeUnit.SECONDS);
  }

  private static ContainerStatus main(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  private record Ran(Integer exitCode, String output, String error, Status status) {}

  private static Ran run(String pod, String... command) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    CompletableFuture<Status> status = new CompletableFuture<>();
    try (ExecWatch watch =
        client
            .pods()
            .inNamespace("default")
            .withName(pod)
            .inContainer("main")
            .writingOutput(output)
            .writingError(error)
            .usingListener(
                new ExecListener() {
                  @Override
                  public void onExit(int code, Status ended) {
                    status.complete(ended);
                  }

                  @Override
                  public void onClose(int code, String reason) {
                    // The status has been sent before.
                  }
                })
            .exec(command)) {
      Integer code = watch.exitCode().get(30, TimeUnit.SECONDS);
      return new Ran(code, text(output), text(error), status.get(30, TimeUnit.SECONDS));
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  private static void debug(String pod, EphemeralContainer container) {
    client
        .pods()
        .inNamespace("default")
        .withName(pod)
        .ephemeralContainers()
        .edit(
            each ->
                new PodBuilder(each)
                    .editSpec()
                    .addToEphemeralContainers(container)
                    .endSpec()
                    .build());
  }

  private static EphemeralContainer tool(String name, String script) {
    return new EphemeralContainerBuilder()
        .withName(name)
        .withImage(SHELL)
        .withTargetContainerName("main")
        .withCommand("sh", "-c", script)
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  @Test
  void commandRunsBesideTheMainProcessAndSaysHowItEnded() throws Exception {
    // Given
    make("beside", SHELL, false);

    // When
    Ran ran =
        run(
            "beside",
            "sh",
            "-c",
            "tr '\\0' ' ' </proc/1/cmdline; echo $COLOUR; echo oops >&2; exit 3");

    // Then
    assertThat(ran.output()).isEqualTo("sleep 600 green");
    assertThat(ran.error()).isEqualTo("oops");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(run("beside", "true").exitCode()).isZero();
  }

  @Test
  void mainProcessThatIsPidOneSurvivesAKillFromItsOwnNamespace() throws Exception {
    // Given
    make("immune", SHELL, false);

    // When
    Ran ran = run("immune", "sh", "-c", "kill -9 1 && echo sent");

    // Then
    assertThat(ran.output()).isEqualTo("sent");
    assertThat(main(await("immune", pod -> true)).getState().getRunning()).isNotNull();
  }

  @Test
  void mainProcessInASharedNamespaceDiesOfAKillAndIsRestarted() throws Exception {
    // Given
    make("mortal", SHELL, true);

    // When
    Ran ran =
        run(
            "mortal",
            "sh",
            "-c",
            "for p in /proc/[0-9]*; do p=${p#/proc/}; [ $p = 1 ] || [ $p = $$ ] || kill -9 $p; done");

    // Then
    assertThat(ran.exitCode()).isZero();
    Pod after = await("mortal", pod -> main(pod).getRestartCount() == 1);
    assertThat(main(after).getLastState().getTerminated().getExitCode()).isEqualTo(137);
    assertThat(main(after).getLastState().getTerminated().getContainerID())
        .isNotEqualTo(main(after).getContainerID());
  }

  @Test
  void ephemeralContainerSharesTheProcessesOfItsTargetAndDiesWithThem() {
    // Given
    make("target", SHELL, false, "sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.1; done");

    // When
    debug("target", tool("debugger", "sleep 0.5; kill -TERM 1; sleep 60"));

    // Then
    Pod after = await("target", pod -> main(pod).getRestartCount() == 1);
    assertThat(main(after).getLastState().getTerminated().getExitCode()).isEqualTo(7);
    Pod ended =
        await(
            "target",
            pod ->
                pod.getStatus().getEphemeralContainerStatuses().stream()
                    .anyMatch(each -> each.getState().getTerminated() != null));
    assertThat(
            ended
                .getStatus()
                .getEphemeralContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode())
        .isEqualTo(137);
  }

  @Test
  void ephemeralContainerThatFailsSaysWhyAndRunsOnce() {
    // Given
    make("explains", SHELL, false);

    // When
    debug("explains", tool("talker", "echo the reason; exit 5"));

    // Then
    Pod after =
        await(
            "explains",
            pod ->
                pod.getStatus().getEphemeralContainerStatuses().stream()
                    .anyMatch(each -> each.getState().getTerminated() != null));
    ContainerStatus status = after.getStatus().getEphemeralContainerStatuses().getFirst();
    assertThat(status.getState().getTerminated().getMessage()).isEqualTo("the reason");
    assertThat(status.getRestartCount()).isZero();
    assertThat(main(after).getRestartCount()).isZero();
  }

  @Test
  void ephemeralContainerCanNeitherBeTakenBackNorPutIntoASpec() {
    // Given
    make("added", SHELL, false);
    debug("added", tool("stays", "true"));
    Pod seen =
        await(
            "added",
            pod ->
                pod.getStatus().getEphemeralContainerStatuses().stream()
                    .anyMatch(each -> each.getState().getTerminated() != null));

    // When / Then
    assertThatThrownBy(
            () ->
                client
                    .pods()
                    .inNamespace("default")
                    .withName("added")
                    .ephemeralContainers()
                    .edit(
                        each ->
                            new PodBuilder(each)
                                .editSpec()
                                .withEphemeralContainers()
                                .endSpec()
                                .build()))
        .hasMessageContaining("may not be removed");
    assertThatThrownBy(
            () ->
                client
                    .pods()
                    .inNamespace("default")
                    .resource(
                        new PodBuilder(seen)
                            .editSpec()
                            .addToEphemeralContainers(tool("direct", "true"))
                            .endSpec()
                            .build())
                    .update())
        .hasMessageContaining("may not change fields other than");
  }

  @Test
  void commandInAContainerWithoutPrograms() throws Exception {
    // Given
    make("empty", Images.PAUSE, false);

    // When
    Ran ran = run("empty", "sh", "-c", "true");

    // Then
    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.status().getMessage()).contains("executable file not found in $PATH");
    assertThatThrownBy(
            () ->
                client
                    .pods()
                    .inNamespace("default")
                    .withName("empty")
                    .inContainer("nobody")
                    .writingOutput(new ByteArrayOutputStream())
                    .exec("true"))
        .hasMessageContaining("not found");
  }

  @Test
  void podSecurityForbidsCapabilities() {
    // Given
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("strict")
                .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                .endMetadata()
                .build())
        .create();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("strict")
            .withName("strict")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage(SHELL)
            .withNewSecurityContext()
            .withNewCapabilities()
            .withAdd("SYS_PTRACE")
            .endCapabilities()
            .endSecurityContext()
            .endContainer()
            .endSpec()
            .build();

    // When / Then
    assertThatThrownBy(() -> client.resource(pod).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
        .hasMessageContaining("violates PodSecurity \"baseline:latest\"");
  }
}
