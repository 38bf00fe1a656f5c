package dev.greenstick.probe;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.Readiness;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Asks each server of a run once whether it is ready, one after another: they are asked for the
 * log, and predictions have the way.
 */
final class ReadinessRound {

  private static final Logger LOG = Logger.getLogger(ReadinessRound.class);

  private final Vertx vertx;
  private final ProbeMetrics metrics;
  private final Supplier<Lanes.Lane> lanes;
  private final BiFunction<Probe, Lanes.Lane, Transport> transports;

  ReadinessRound(
      Vertx vertx,
      ProbeMetrics metrics,
      Supplier<Lanes.Lane> lanes,
      BiFunction<Probe, Lanes.Lane, Transport> transports) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.lanes = lanes;
    this.transports = transports;
  }

  /** Returns at once. */
  void ask(RunRef run, List<Probe> probes) {
    askNext(run, probes.stream().filter(firstOfItsKind()).iterator());
  }

  private void askNext(RunRef run, Iterator<Probe> probes) {
    if (!probes.hasNext()) {
      return;
    }
    Probe probe = probes.next();
    Lanes.Lane lane = lanes.get();
    new Readiness(vertx, lane.context(), transports.apply(probe, lane))
        .ask(probe, Protocol.of(probe.protocol()).readiness(probe))
        .onSuccess(
            said -> {
              said(run, probe, said);
              askNext(run, probes);
            });
  }

  private static Predicate<Probe> firstOfItsKind() {
    Set<Asked> asked = new HashSet<>();
    return probe ->
        asked.add(
            new Asked(
                probe.protocol(), probe.url(), probe.model(), probe.version(), probe.options()));
  }

  private record Asked(
      ServingProtocol protocol, URI url, String model, String version, ProtocolOptions options) {}

  private void said(RunRef run, Probe probe, Readiness.Said said) {
    metrics.readiness(said.ready());
    LOG.logf(
        said.ready() ? Logger.Level.INFO : Logger.Level.WARN,
        "Run %s: probe %s at %s is %s (%s)",
        run.id(),
        probe.name(),
        probe.url(),
        said.ready() ? "ready" : "not ready, and asked nevertheless",
        said.what());
  }
}
