package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a probe says of its protocol and its connection is read, or refused with path and reason.
 */
class ProtocolReaderTest {

  private static final String HEAD =
      """
      apiVersion: greenstick.dev/v1
      kind: Experiment
      metadata: {name: one-pod}
      spec:
        clusters: [eu-1]
        steps:
          - name: s
            branches:
              - actions: [{podChaos: {action: pod-kill, mode: one, selector: {namespaces: [a]}}}]
        probes:
      """;

  private static List<String> problems(String probes) {
    ExperimentReader.Reading reading = ExperimentReader.read(HEAD + probes);
    assertThat(reading).isInstanceOf(ExperimentReader.Reading.Invalid.class);
    return ((ExperimentReader.Reading.Invalid) reading)
        .problems().stream().map(Problem::toString).toList();
  }

  private static Probe probe(String probes) {
    ExperimentReader.Reading reading = ExperimentReader.read(HEAD + probes);
    assertThat(reading).isInstanceOf(ExperimentReader.Reading.Valid.class);
    return ((ExperimentReader.Reading.Valid) reading).experiment().spec().probes().get(0);
  }

  @Test
  void everythingThatIsSaidOfAProtocolAndAConnectionIsRead() {
    // When
    Probe probe =
        probe(
            """
                - protocol: azureml
                  url: https://endpoint.example/
                  options: {path: /score, deployment: blue, prediction: "$.result[-1]['a b']", readiness: /}
                  connection:
                    http: "2"
                    kept: true
                    headers:
                      X-Tenant: eu
                      X-Api-Key: {file: model/key}
                    bearer: {secretRef: {name: azureml, key: primaryKey}}
                    tls:
                      ca: {secretRef: {name: tls, key: ca.crt}}
                      certificate: {secretRef: {name: tls, key: tls.crt}}
                      key: {secretRef: {name: tls, key: tls.key}}
                    proxy: {url: "http://proxy.example:3128", username: me, password: {file: proxy}}
                  requests: [{inputs: {data: [[1]]}, expect: 1}]
            """);

    // Then
    assertThat(probe.model()).isNull();
    assertThat(probe.options())
        .isEqualTo(
            new ProtocolOptions(
                "/score", null, "/", "$.result[-1]['a b']", "blue", null, null, null));
    assertThat(probe.connection())
        .isEqualTo(
            new Connecting(
                Connecting.HttpVersion.HTTP_2,
                true,
                Map.of("X-Tenant", Source.of("eu"), "X-Api-Key", Source.ofFile("model/key")),
                Source.of(new SecretRef("azureml", "primaryKey")),
                null,
                new Connecting.Tls(
                    Source.of(new SecretRef("tls", "ca.crt")),
                    Source.of(new SecretRef("tls", "tls.crt")),
                    Source.of(new SecretRef("tls", "tls.key"))),
                new Connecting.Proxy(
                    URI.create("http://proxy.example:3128"), "me", Source.ofFile("proxy"))));
  }

  @Test
  void aRequestWithoutABodyIsReadWithAMethodThatHasNone() {
    // When
    Probe probe =
        probe(
            """
                - {protocol: http, url: "http://x", options: {method: GET, path: "/a?b=c"}, requests: [{expect: 1}]}
            """);

    // Then
    assertThat(probe.requests().get(0).inputs().isNull()).isTrue();
  }

  @Test
  void whatAProtocolDoesNotKnowIsRefusedAllAtOnce() {
    assertThat(
            problems(
                """
                    - {name: a, protocol: azureml, url: "http://x", model: m, version: "1",
                       options: {methd: GET, stream: true, path: score, prediction: result, deployment: "\\u00e9"},
                       requests: [{}]}
                    - {name: b, protocol: bentoml, url: "http://x", requests: [{inputs: {}}]}
                    - {name: c, protocol: openai, url: "http://x", model: m, options: {api: chats, stream: "yes"},
                       requests: [{inputs: {prompt: a}}, {inputs: {messages: [], stream: true}}]}
                    - {name: d, protocol: http, url: "http://x", options: {method: get, prediction: "$.a[?(@.b)]"},
                       requests: [{}]}
                    - {name: e, protocol: mlflow, url: "http://x", requests: [{inputs: {data: [1]}}]}
                    - {name: f, protocol: seldon-v1, url: "http://x", requests: [{inputs: {instances: [1]}}]}
                    - {name: g, protocol: http, url: "http://x", options: {method: HEAD},
                       requests: [{inputs: a}]}
                """))
        .contains(
            "spec.probes[0].model: is not known to azureml; leave it out",
            "spec.probes[0].version: is not known to azureml; leave it out",
            "spec.probes[0].options.methd: is no known field; known are path, deployment,"
                + " prediction, readiness",
            "spec.probes[0].options.stream: is not known to azureml; leave it out",
            "spec.probes[0].options.path: must be a path like /score, behind the base URL, but is:"
                + " score",
            "spec.probes[0].options.prediction: must begin with $, like $.predictions[0].label,"
                + " but is: result",
            "spec.probes[0].options.deployment: must be printable ASCII, for it travels in a"
                + " header, but is: \u00e9",
            "spec.probes[0].requests[0].inputs: is missing; write the body of a prediction",
            "spec.probes[1].options.path: is missing; write the API's route, like /classify",
            "spec.probes[2].options.api: is not known: chats; did you mean chat?",
            "spec.probes[2].options.stream: must be true or false, but is: yes",
            "spec.probes[2].requests[0].inputs: must be the whole body, an object with messages",
            "spec.probes[2].requests[1].inputs.messages: must not be empty; write one message or"
                + " more",
            "spec.probes[2].requests[1].inputs.stream: is set by options.stream; leave it out",
            "spec.probes[3].options.method: is no method: get; did you mean GET?",
            "spec.probes[3].options.prediction: is no path of names, indices and * from character"
                + " 4 on; write one like $.predictions[0].label, but is: $.a[?(@.b)]",
            "spec.probes[4].requests[0].inputs: must be the whole body, an object with"
                + " dataframe_split or dataframe_records or instances or inputs",
            "spec.probes[5].requests[0].inputs: must be the whole body, an object with data or"
                + " strData or jsonData or binData",
            "spec.probes[6].requests[0].inputs: cannot be sent with HEAD; leave it out");
  }

  @Test
  void whatCannotBeConnectedIsRefusedAndNoSecretIsRepeated() {
    // When
    List<String> problems =
        problems(
            """
                - name: a
                  protocol: http
                  url: "http://x"
                  connection:
                    http: "3"
                    kept: "yes"
                    bearer: hunter2hunter2
                    headers:
                      Authorization: Bearer hunter2hunter2
                      x-api-key: {value: hunter2hunter2}
                      Host: other
                      "a b": c
                      X-One: {secretRef: {name: A_B, key: "a b"}, file: x}
                      X-Two: {file: ../etc/passwd}
                      X-Three: {file: /etc/passwd}
                      X-Four: "a\\nb"
                      X-Five: {secretRef: {name: A_B, key: "a b", namespace: other}}
                    tls: {certificate: {file: a}, key: {value: hunter2hunter2}}
                    proxy: {url: "http://me:hunter2hunter2@proxy:1", password: {file: p}}
                  requests: [{inputs: 1}]
                - name: b
                  protocol: http
                  url: "https://x"
                  connection:
                    tls: {key: {file: a}}
                    proxy: {url: "ftp://x"}
                    bearer: {file: a}
                    headers: {authorization: {file: a}, Authorization: {file: b}}
                  requests: [{inputs: 1}]
            """);

    // Then
    assertThat(problems)
        .contains(
            "spec.probes[0].connection.http: is not known: 3; did you mean 2?",
            "spec.probes[0].connection.kept: must be true or false, but is: yes",
            "spec.probes[0].connection.bearer: must name a secretRef or a file: events are for"
                + " everyone",
            "spec.probes[0].connection.headers.Authorization: lets its bearer in, and events are"
                + " for everyone; give it as secretRef or file",
            "spec.probes[0].connection.headers.x-api-key: lets its bearer in, and events are for"
                + " everyone; give it as secretRef or file",
            "spec.probes[0].connection.headers.Host: is set by the connection or the protocol;"
                + " leave it out",
            "spec.probes[0].connection.headers['a b']: is no name of a header",
            "spec.probes[0].connection.headers.X-One: must have one field: value, secretRef or"
                + " file",
            "spec.probes[0].connection.headers.X-Two.file: must be the path of a file beneath the"
                + " probe's directory of secrets, like model/key, but is: ../etc/passwd",
            "spec.probes[0].connection.headers.X-Three.file: must be the path of a file beneath"
                + " the probe's directory of secrets, like model/key, but is: /etc/passwd",
            "spec.probes[0].connection.headers.X-Four: must be printable ASCII, but is: a b",
            "spec.probes[0].connection.headers.X-Five.secretRef.namespace: is no known field;"
                + " known are name, key",
            "spec.probes[0].connection.headers.X-Five.secretRef.name: is no name of a Secret, but"
                + " is: A_B",
            "spec.probes[0].connection.headers.X-Five.secretRef.key: is no key of a Secret, but"
                + " is: a b",
            "spec.probes[0].connection.tls: is for https only, and the url is not",
            "spec.probes[0].connection.tls.key: must name a secretRef or a file: events are for"
                + " everyone",
            "spec.probes[0].connection.proxy.url: must hold no user or password; write username,"
                + " and password as secretRef",
            "spec.probes[0].connection.proxy.username: is missing; write whose the password is",
            "spec.probes[1].connection.tls.certificate: is missing; write where the private key's"
                + " certificate is",
            "spec.probes[1].connection.proxy.url: must be http://host:port or socks5://host:port,"
                + " but is: ftp://x",
            "spec.probes[1].connection.headers.Authorization: is there twice; names of headers"
                + " have no case",
            "spec.probes[1].connection.bearer: and headers.Authorization exclude each other;"
                + " leave one out")
        .noneMatch(problem -> problem.contains("hunter2"));
  }
}
