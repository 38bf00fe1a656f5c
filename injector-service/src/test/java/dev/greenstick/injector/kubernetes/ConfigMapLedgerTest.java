package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.ledger.EntryText;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.LedgerContract;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the sandbox's API server, as the service account that ships. */
class ConfigMapLedgerTest extends LedgerContract {

  private static final FaultId SPOILT = new FaultId(new UUID(1, 2));

  private final TestCluster cluster = TestCluster.shared();

  @Override
  protected Ledger ledger() {
    return new ConfigMapLedger(cluster.injector(), "greenstick");
  }

  @Test
  void entry_that_somebody_spoilt_is_named_and_hides_no_other() {
    // Given
    FaultId fault = SPOILT;
    cluster
        .admin()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("greenstick")
                .withName(EntryText.name(fault))
                .withLabels(Map.of(EntryText.LEDGER, EntryText.OPEN))
                .endMetadata()
                .withData(Map.of(EntryText.KEY, "{}"))
                .build())
        .create();

    // When / Then
    assertThatThrownBy(() -> ledger().find(fault))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("configmap greenstick/" + EntryText.name(fault));
    assertThat(ledger().open()).noneMatch(each -> each.entry().fault().equals(fault));
  }

  @AfterEach
  void removeWhatIsSpoilt() {
    cluster
        .admin()
        .configMaps()
        .inNamespace("greenstick")
        .withName(EntryText.name(SPOILT))
        .delete();
  }

  @Test
  void namespace_without_the_role_is_denied() {
    assertThatThrownBy(() -> new ConfigMapLedger(cluster.injector(), "default").check())
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("default/fault-");
  }
}
