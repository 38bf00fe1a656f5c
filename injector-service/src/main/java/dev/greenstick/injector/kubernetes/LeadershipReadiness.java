package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.leader.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether this injector leads or stands by; it is ready either way. */
@Readiness
@ApplicationScoped
class LeadershipReadiness implements HealthCheck {

  private final Leadership leadership;

  LeadershipReadiness(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("leadership")
        .up()
        .withData("role", leadership.leads() ? "leader" : "standby")
        .build();
  }
}
