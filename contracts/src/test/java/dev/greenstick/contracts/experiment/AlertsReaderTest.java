package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsReaderTest {

  @Test
  void everySourceIsReadWithItsDefaults() {
    // When
    Reading reading =
        ExperimentReader.read(
            Examples.DOCUMENT
                + """
                    alerts:
                      - {source: prometheus, url: "http://prometheus.example:9090"}
                      - source: prometheus
                        url: https://prometheus.example/base
                        query: rate(errors_total[1m]) > 0.1
                        alert: ErrorsBurn
                        every: 5s
                      - {source: alertmanager, url: "http://am.example:9093", labels: {team: ml}}
                      - {source: webhook, labels: {severity: page}}
                      - source: alertmanager
                        url: https://am.example
                        connection:
                          basic: {username: probe, password: {secretRef: {name: alerts, key: pw}}}
                          tls: {ca: {file: alerts/ca.crt}}
                  """);

    // Then
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    assertThat(((Reading.Valid) reading).experiment().spec().alerts())
        .containsExactly(
            new AlertFeed(
                AlertFeed.Source.PROMETHEUS,
                URI.create("http://prometheus.example:9090"),
                null,
                null,
                Map.of(),
                Duration.ofSeconds(1)),
            new AlertFeed(
                AlertFeed.Source.PROMETHEUS,
                URI.create("https://prometheus.example/base"),
                "rate(errors_total[1m]) > 0.1",
                "ErrorsBurn",
                Map.of(),
                Duration.ofSeconds(5)),
            new AlertFeed(
                AlertFeed.Source.ALERTMANAGER,
                URI.create("http://am.example:9093"),
                null,
                null,
                Map.of("team", "ml"),
                Duration.ofSeconds(1)),
            new AlertFeed(
                AlertFeed.Source.WEBHOOK, null, null, null, Map.of("severity", "page"), null),
            new AlertFeed(
                AlertFeed.Source.ALERTMANAGER,
                URI.create("https://am.example"),
                null,
                null,
                Map.of(),
                Duration.ofSeconds(1),
                new Connecting(
                    null,
                    null,
                    Map.of(),
                    null,
                    new Connecting.Basic("probe", Source.of(new SecretRef("alerts", "pw"))),
                    new Connecting.Tls(Source.ofFile("alerts/ca.crt"), null, null),
                    null)));
  }

  @Test
  void everyProblemIsReportedAtItsPath() {
    // When
    Reading reading =
        ExperimentReader.read(
            Examples.DOCUMENT
                + """
                    alerts:
                      - {}
                      - {source: grafana}
                      - {source: prometheus, every: 10ms, alert: Burn}
                      - {source: alertmanager, url: "http://me:secret@am/", query: up}
                      - {source: webhook, url: "http://am/", every: 1s, lables: {}, connection: {}}
                      - source: prometheus
                        url: "http://p"
                        connection:
                          kept: true
                          bearer: hunter2
                          basic: {username: "a:b", password: {value: hunter2}}
                          tls: {ca: {file: ca.crt}}
                      - source: prometheus
                        url: "http://p"
                        connection:
                          bearer: {file: token}
                          basic: {username: "a:b", password: {file: password}}
                  """);

    // Then
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    assertThat(((Reading.Invalid) reading).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "spec.alerts[0].source: is missing; write prometheus, alertmanager or webhook",
            "spec.alerts[1].source: is not known: grafana; known are prometheus, alertmanager,"
                + " webhook",
            "spec.alerts[2].url: is missing; write its base URL",
            "spec.alerts[2].every: must be from 100ms to 1m0s, but is: 10ms",
            "spec.alerts[2].alert: names what a query finds; write the query too, or labels",
            "spec.alerts[3].url: must hold no user or password: whoever reads events could read"
                + " them",
            "spec.alerts[3].query: is for source prometheus alone",
            "spec.alerts[4].lables: is no known field; did you mean labels?",
            "spec.alerts[4].url: is for sources that are asked; a webhook is told",
            "spec.alerts[4].every: is for sources that are asked; a webhook is told",
            "spec.alerts[4].connection: is for sources that are asked; a webhook is told",
            "spec.alerts[5].connection.kept: is no known field; known are headers, bearer, basic,"
                + " tls, proxy",
            "spec.alerts[5].connection.bearer: must name a secretRef or a file: events are for"
                + " everyone",
            "spec.alerts[5].connection.basic.password: must name a secretRef or a file: events are"
                + " for everyone",
            "spec.alerts[5].connection.basic.username: must be printable ASCII without a colon,"
                + " but is: a:b",
            "spec.alerts[5].connection.tls: is for https only, and the url is not",
            "spec.alerts[6].connection.basic.username: must be printable ASCII without a colon,"
                + " but is: a:b",
            "spec.alerts[6].connection.basic: and bearer or headers.Authorization exclude each"
                + " other; leave one out");
  }
}
