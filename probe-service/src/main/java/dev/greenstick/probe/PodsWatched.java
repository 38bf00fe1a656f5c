package dev.greenstick.probe;

import dev.greenstick.contracts.id.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
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
    Map<RunId, String> without = prober.runsWithoutPods();
    var response = HealthCheckResponse.named("pods watched").status(without.isEmpty());
    without.forEach((run, why) -> response.withData("run " + run, why));
    return response.build();
  }
}
