package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.cluster.ClusterException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while the API server answers and lets the injector see its ledger. */
@Readiness
@ApplicationScoped
class ClusterReadiness implements HealthCheck {

  private static final String NAME = "kubernetes";

  private final ConfigMapLedger ledger;

  ClusterReadiness(ConfigMapLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      ledger.check();
      return HealthCheckResponse.up(NAME);
    } catch (ClusterException e) {
      return HealthCheckResponse.named(NAME).down().withData("reason", e.getMessage()).build();
    }
  }
}
