package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.injector.Settings;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.leader.Leadership;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Leadership leadership;
  private final Clock clock;
  private final String version;

  /** While Kafka is away beats must not pile up in front of what matters. */
  private final AtomicBoolean onItsWay = new AtomicBoolean();

  private Cancellable beating = () -> {};

  Heartbeats(
      Outgoing outgoing,
      Settings settings,
      Drivers drivers,
      Leadership leadership,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.outgoing = outgoing;
    this.settings = settings;
    this.drivers = drivers;
    this.leadership = leadership;
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
    // One that stands by cannot act, and has the same name.
    if (!leadership.leads() || !onItsWay.compareAndSet(false, true)) {
      return;
    }
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
        .whenComplete(
            (sent, failure) -> {
              onItsWay.set(false);
              if (failure != null) {
                LOG.warnf("heartbeat did not reach Kafka: %s", failure.getMessage());
              }
            });
  }
}
