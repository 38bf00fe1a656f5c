package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.injector.Settings;
import dev.greenstick.injector.fault.Drivers;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says every few seconds that this injector is there and what it can do. */
@ApplicationScoped
class Heartbeats {

  private static final Logger LOG = Logger.getLogger(Heartbeats.class);
  private static final String AGENT = "injector";

  private final Outgoing outgoing;
  private final Settings settings;
  private final Drivers drivers;
  private final Clock clock;
  private final String version;
  private Cancellable beating = () -> {};

  Heartbeats(
      Outgoing outgoing,
      Settings settings,
      Drivers drivers,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.outgoing = outgoing;
    this.settings = settings;
    this.drivers = drivers;
    this.clock = clock;
    this.version = version;
  }

  void start(@Observes StartupEvent started) {
    beating =
        Multi.createFrom()
            .ticks()
            .every(settings.injector().heartbeatEvery())
            // While Kafka is away a beat may be missed: the next one says all that it would have.
            .onOverflow()
            .drop()
            .subscribe()
            .with(tick -> beat(), failure -> LOG.error("heartbeats have stopped", failure));
  }

  @PreDestroy
  void stop() {
    beating.cancel();
  }

  private void beat() {
    AgentHeartbeat beat =
        new AgentHeartbeat(
            settings.cluster(),
            AGENT,
            AgentHeartbeat.Kind.INJECTOR,
            version,
            drivers.capabilities(),
            clock.instant());
    outgoing
        .send(Topics.AGENTS, Event.of(settings.source(), beat.at(), beat))
        .exceptionally(
            failure -> {
              LOG.warnf("heartbeat of %s did not reach Kafka: %s", beat.at(), failure.getMessage());
              return null;
            });
  }
}
