package dev.greenstick.probe;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Vertx;

/** Gives probes their connections, as the settings have them. */
final class Transports {

  private final Vertx vertx;
  private final Ticker ticker;
  private final Settings.Probing settings;

  Transports(Vertx vertx, Ticker ticker, Settings.Probing settings) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.settings = settings;
  }

  /** A transport of one probe, for use on its lane alone. */
  Transport of(Probe probe, Strand lane, Access access) {
    return new HttpTransport(
        vertx,
        ((Lanes.Lane) lane).context(),
        ticker,
        connections(probe),
        mostInFlight(probe),
        settings.limits().answerBytes(),
        access);
  }

  private Connections connections(Probe probe) {
    Boolean kept = probe.connection() == null ? null : probe.connection().kept();
    return kept == null ? settings.connections() : kept ? Connections.KEPT : Connections.NEW;
  }

  /** Twice what the open loop can have waiting: one that is given up goes a little later. */
  private static int mostInFlight(Probe probe) {
    double waiting = probe.rate() * probe.timeout().toMillis() / 1000.0;
    if (probe.arrivals() != null) {
      // Those of one second may all come at its first instant, and chance has its own ideas.
      waiting = Math.max(waiting, probe.rate());
      waiting += 8 * Math.sqrt(waiting) + 8;
    }
    return 2 + (int) Math.ceil(2 * waiting);
  }
}
