package dev.greenstick.probe.access.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.probe.access.Secrets.Unreadable;
import dev.greenstick.probe.watch.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Under the role that ships, which names one Secret. */
class KubernetesSecretsTest {

  private static final String NAMED = "greenstick-model-access";

  private final KubernetesClient admin = TestCluster.client(TestCluster.shared().adminKubeconfig());
  private final KubernetesClient probe = TestCluster.client(TestCluster.shared().probeKubeconfig());
  private final KubernetesSecrets secrets = new KubernetesSecrets(probe, "greenstick");

  @AfterEach
  void close() {
    admin.secrets().inNamespace("greenstick").withName(NAMED).delete();
    admin.secrets().inNamespace("greenstick").withName("other").delete();
    admin.close();
    probe.close();
  }

  private void make(String name, Map<String, String> annotations) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("greenstick")
            .withName(name)
            .withAnnotations(annotations)
            .endMetadata()
            .withData(Map.of("key", "aHVudGVyMmh1bnRlcjIK", "binary", "//79"))
            .build();
    admin.resource(secret).create();
  }

  @Test
  void theSecretThatTheRoleNamesIsRead() throws Exception {
    // Given
    make(NAMED, Map.of());

    // When, Then
    assertThat(secrets.read(new SecretRef(NAMED, "key"), "models.example"))
        .isEqualTo("hunter2hunter2");
  }

  @Test
  void anotherIsNotReadAndNoneIsListed() {
    // Given
    make("other", Map.of());

    // When, Then
    assertThatThrownBy(() -> secrets.read(new SecretRef("other", "key"), "models.example"))
        .isInstanceOf(Unreadable.class)
        .hasMessage(
            "Secret other in namespace greenstick may not be read: name it in the probe's Role");
    assertThatThrownBy(() -> probe.secrets().inNamespace("greenstick").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> probe.secrets().inNamespace("default").withName(NAMED).get())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
  }

  @Test
  void aSecretOrAKeyThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> secrets.read(new SecretRef(NAMED, "key"), "models.example"))
        .hasMessage("Secret greenstick-model-access is not in namespace greenstick");
    make(NAMED, Map.of());
    assertThatThrownBy(() -> secrets.read(new SecretRef(NAMED, "none"), "models.example"))
        .hasMessage("Secret greenstick-model-access in namespace greenstick has no key none");
    assertThatThrownBy(() -> secrets.read(new SecretRef(NAMED, "binary"), "models.example"))
        .hasMessage("Secret greenstick-model-access holds no text in UTF-8 at binary");
  }

  @Test
  void aSecretThatListsItsHostsIsSentToNoOther() throws Exception {
    // Given
    make(NAMED, Map.of(KubernetesSecrets.HOSTS, "models.example, backup.example"));

    // When, Then
    assertThat(secrets.read(new SecretRef(NAMED, "key"), "backup.example"))
        .isEqualTo("hunter2hunter2");
    assertThatThrownBy(() -> secrets.read(new SecretRef(NAMED, "key"), "evil.example"))
        .hasMessageContaining("may not be sent to evil.example")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anApiServerThatIsAwayHoldsNobodyUpForLong() {
    // Given
    try (KubernetesClient away =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:1")
                    .withRequestRetryBackoffLimit(20)
                    .build())
            .build()) {
      // When, Then
      assertThatThrownBy(
              () ->
                  new KubernetesSecrets(away, "greenstick")
                      .read(new SecretRef(NAMED, "key"), "models.example"))
          .isInstanceOf(Unreadable.class);
    }
  }
}
