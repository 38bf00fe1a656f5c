package dev.greenstick.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.sandbox.conformance.ClusterUnderTest;
import dev.greenstick.sandbox.kubelet.Images;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl, where there is one. */
@EnabledIf("kubectlIsThere")
class KubectlTest {

  private static final String IMAGE = "greenstick/model:1";

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Path kubeconfig;

  static boolean kubectlIsThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, "kubectl")));
  }

  @BeforeAll
  static void deploy() throws IOException {
    sandbox =
        new Sandbox(
            SandboxSettings.in(directory.resolve("sandbox"))
                .withImages(Images.pauseOnly().with(IMAGE, ClusterUnderTest.tinyServer())));
    sandbox.start();
    sandbox
        .resources()
        .create(ResourceTypes.DEPLOYMENTS, "default", ModelDeployment.deployment(IMAGE, 2), false);
    sandbox.resources().create(ResourceTypes.SERVICES, "default", ModelDeployment.service(), false);
    kubeconfig = sandbox.adminKubeconfig();
    kubectl("rollout status deployment/model --timeout=60s");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static String kubectl(String line) {
    List<String> command =
        new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of(line.split(" ", -1)));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("HOME", directory.toString());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("kubectl %s: %s", line, output).isZero();
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String aPod() {
    return kubectl("get pods -l app=model -o name").lines().findFirst().orElseThrow();
  }

  @Test
  void getShowsColumns() {
    assertThat(kubectl("get pods -o wide"))
        .contains("READY", "STATUS", "NODE", "1/1", "Running", "sandbox-1");
  }

  @Test
  void getShowsEveryKind() {
    assertThat(kubectl("get all,nodes,endpointslices,endpoints,cm,sa,roles,pdb,leases,events -A"))
        .contains("deployment.apps/model", "service/model", "node/sandbox-3");
  }

  @Test
  void describeShowsConditionsAndEvents() {
    assertThat(kubectl("describe " + aPod()))
        .contains(
            "Readiness:", "PodScheduled", "Successfully assigned", "Started container server");
  }

  @Test
  void logsShowsWhatWasPrinted() {
    assertThat(kubectl("logs " + aPod())).contains("listening on");
  }

  @Test
  void labelsAndAnnotationsAreWritten() {
    String pod = aPod();
    kubectl("label " + pod + " colour=green");
    kubectl("annotate " + pod + " why=test");

    assertThat(kubectl("get pods -l colour=green -o name")).contains(pod);
    assertThat(kubectl("get " + pod + " -o yaml")).contains("why: test");
  }

  @Test
  void anImageIsPatchedAndWaitedFor() {
    String pod = aPod();
    kubectl("set image " + pod + " server=" + Images.PAUSE);
    kubectl("wait --for=condition=Ready=false " + pod + " --timeout=60s");
    kubectl("set image " + pod + " server=" + IMAGE);

    assertThat(kubectl("wait --for=condition=Ready " + pod + " --timeout=60s"))
        .contains("condition met");
  }

  @Test
  void aDeletedPodIsWaitedForAndReplaced() {
    assertThat(kubectl("delete " + aPod())).contains("deleted");
    assertThat(kubectl("rollout status deployment/model --timeout=60s"))
        .contains("successfully rolled out");
  }

  @Test
  void aManifestIsAppliedTwice() throws IOException {
    Path file = directory.resolve("map.yaml");
    Files.writeString(
        file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {a: '1'}\n");

    assertThat(kubectl("apply -f " + file)).contains("created");
    assertThat(kubectl("apply -f " + file)).contains("unchanged");
    assertThat(kubectl("apply --server-side --force-conflicts -f " + file)).contains("applied");
    assertThat(kubectl("diff -f " + file)).isEmpty();
  }

  @Test
  void accessIsAsked() {
    assertThat(kubectl("auth can-i delete pods")).contains("yes");
    assertThat(kubectl("auth whoami")).contains("kubernetes-admin");
  }

  @Test
  void aNodeIsDrainedAndTakenBack() {
    kubectl("drain sandbox-2 --timeout=60s");
    kubectl("uncordon sandbox-2");

    assertThat(kubectl("get node sandbox-2")).doesNotContain("SchedulingDisabled");
  }
}
