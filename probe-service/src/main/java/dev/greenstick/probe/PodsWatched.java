package dev.greenstick.probe;

import dev.greenstick.contracts.id.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the pods that runs want watched can be watched. */
@Readiness
@ApplicationScoped
public class PodsWatched implements HealthCheck {

  private final Prober prober;

  PodsWatched(Prober prober) {
    this.prober = prober;
  }

  @Override
  public HealthCheckResponse call() {
    List<RunId> without = prober.runsWithoutPods();
    var response = HealthCheckResponse.named("pods watched").status(without.isEmpty());
    if (!without.isEmpty()) {
      response.withData(
          "not watching",
          without.stream().map(RunId::toString).collect(Collectors.joining(", "))
              + ": the API server does not answer, or the role greenstick-probe is not bound in a namespace");
    }
    return response.build();
  }
}
