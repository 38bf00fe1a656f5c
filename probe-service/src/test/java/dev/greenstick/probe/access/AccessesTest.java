package dev.greenstick.probe.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.Connecting;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.experiment.Source;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.access.Accesses.Resolved;
import dev.greenstick.probe.predict.Access;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessesTest {

  private static final String SECRET = "hunter2hunter2";

  @TempDir Path directory;

  private final List<String> asked = new ArrayList<>();

  private static Probe probe(Connecting connection) {
    return new Probe(
        new ProbeName("p"),
        ServingProtocol.HTTP,
        URI.create("https://models.example"),
        null,
        null,
        1,
        Duration.ofSeconds(1),
        List.of(),
        null,
        null,
        null,
        Map.of(),
        null,
        connection);
  }

  private Resolved resolve(Connecting... connections) {
    return resolve(List.of(), connections);
  }

  private Resolved resolve(List<AlertFeed> feeds, Connecting... connections) {
    Secrets secrets =
        (reference, host) -> {
          asked.add(reference.name() + "/" + reference.key() + " for " + host);
          if (reference.name().equals("missing")) {
            throw new Secrets.Unreadable("Secret missing is not in namespace greenstick");
          }
          return reference.key().equals("lines") ? SECRET + "\n" + SECRET : SECRET;
        };
    return new Accesses(
            secrets,
            new SecretFiles(directory),
            tls -> tls.ca().filter(SECRET::equals).map(x -> "ca"))
        .resolve(Arrays.stream(connections).map(AccessesTest::probe).toList(), feeds);
  }

  private static Connecting headers(Map<String, Source> headers) {
    return new Connecting(null, headers, null, null, null);
  }

  private Access open(Connecting connection) {
    Resolved resolved = resolve(connection);
    assertThat(resolved).isInstanceOf(Resolved.Open.class);
    return ((Resolved.Open) resolved).accesses().get(new ProbeName("p"));
  }

  private List<String> problems(Connecting... connections) {
    Resolved resolved = resolve(connections);
    assertThat(resolved).isInstanceOf(Resolved.Closed.class);
    return ((Resolved.Closed) resolved).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aProbeThatSaysNothingIsReachedPlainly() {
    // When
    Access access = open((Connecting) null);

    // Then
    assertThat(access.http2()).isFalse();
    assertThat(access.headers()).isEmpty();
    assertThat(access.tls()).isEmpty();
    assertThat(access.proxy()).isEmpty();
  }

  @Test
  void everySecretIsReadWhereItIsNamed() throws Exception {
    // Given
    Files.createDirectory(directory.resolve("model"));
    Files.writeString(directory.resolve("model/key"), "file-secret\n");
    Connecting connection =
        new Connecting(
            Connecting.HttpVersion.HTTP_2,
            Map.of("X-Tenant", Source.of("eu"), "X-Api-Key", Source.ofFile("model/key")),
            Source.of(new SecretRef("access", "bearer")),
            new Connecting.Tls(
                Source.of("-----BEGIN"),
                Source.of(new SecretRef("access", "crt")),
                Source.of(new SecretRef("access", "key"))),
            new Connecting.Proxy(
                URI.create("socks5://[::1]:1080"), "me", Source.ofFile("model/key")));

    // When
    Access access = open(connection);

    // Then
    assertThat(access.http2()).isTrue();
    assertThat(access.headers())
        .isEqualTo(
            Map.of(
                "X-Tenant", "eu", "X-Api-Key", "file-secret", "Authorization", "Bearer " + SECRET));
    assertThat(access.tls())
        .contains(
            new Access.Tls(
                Optional.of("-----BEGIN"), Optional.of(new Access.Identity(SECRET, SECRET))));
    assertThat(access.proxy()).contains(new Access.Proxy(true, "::1", 1080, "me", "file-secret"));
    assertThat(access.redaction().in("eu " + SECRET + " file-secret"))
        .isEqualTo("eu ************** ***********");
    assertThat(asked).allMatch(each -> each.endsWith(" for models.example"));
    assertThat(access.toString() + access.proxy() + access.tls())
        .doesNotContain("hunter2", "file-");
  }

  private static AlertFeed alertmanager(Connecting connection) {
    return new AlertFeed(
        AlertFeed.Source.ALERTMANAGER,
        URI.create("https://alerts.example"),
        null,
        null,
        Map.of(),
        Duration.ofSeconds(1),
        connection);
  }

  private static Connecting basic(Source password) {
    return new Connecting(
        null, null, Map.of(), null, new Connecting.Basic("probe", password), null, null);
  }

  @Test
  void aNameAndPasswordAreSentAsOneHeaderAndBothOfItsFormsAreKeptSecret() {
    // When
    Access access = open(basic(Source.of(new SecretRef("access", "password"))));

    // Then
    String sent =
        Base64.getEncoder().encodeToString(("probe:" + SECRET).getBytes(StandardCharsets.UTF_8));
    assertThat(access.headers()).isEqualTo(Map.of("Authorization", "Basic " + sent));
    assertThat(access.redaction().in("Basic " + sent + " is probe:" + SECRET))
        .doesNotContain("hunter2", sent.replace("=", ""));
  }

  @Test
  void whatFeedsOfAlertsNameIsReadForThemAndToldOfThem() {
    // Given
    AlertFeed good = alertmanager(basic(Source.of(new SecretRef("access", "password"))));
    AlertFeed told = new AlertFeed(AlertFeed.Source.WEBHOOK, null, null, null, Map.of(), null);
    AlertFeed bad = alertmanager(basic(Source.of(new SecretRef("missing", "key"))));

    // When
    Resolved opened = resolve(List.of(told, good));
    Resolved closed = resolve(List.of(told, good, bad));

    // Then
    assertThat(((Resolved.Open) opened).alerts())
        .extracting(access -> access.headers().keySet())
        .containsExactly(Set.of(), Set.of("Authorization"));
    assertThat(asked).contains("access/password for alerts.example");
    assertThat(((Resolved.Closed) closed).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "alerts[2].connection.basic.password: Secret missing is not in namespace greenstick");
  }

  @Test
  void whatIsLackingIsToldAllAtOnceAndNeverRepeated() throws Exception {
    // Given
    Files.writeString(directory.resolve("short"), "abc");
    Files.writeString(directory.resolve("large"), "x".repeat(70_000));
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
    Files.writeString(directory.resolve("lines"), SECRET + "\n" + SECRET);

    // When
    List<String> problems =
        problems(
            new Connecting(
                null,
                Map.of(
                    "X-A",
                    Source.ofFile("none"),
                    "X-B",
                    Source.ofFile("../" + directory.getFileName())),
                Source.of(new SecretRef("missing", "key")),
                new Connecting.Tls(Source.of(new SecretRef("access", "ca")), null, null),
                new Connecting.Proxy(URI.create("http://p:1"), "me", Source.ofFile("short"))),
            headers(Map.of("X-C", Source.ofFile("lines"), "X-D", Source.ofFile("large"))),
            headers(Map.of("X-E", Source.ofFile("binary"), "X-F", Source.ofFile("."))),
            headers(
                Map.of(
                    "X-G",
                    Source.of(new SecretRef("access", "lines")),
                    "X-H",
                    new Source(null, null, null))),
            headers(Map.of("X-I", Source.of(new SecretRef("missing", "key")))));

    // Then
    assertThat(problems)
        .hasSize(12)
        .contains(
            "probes[0].connection.headers.X-A: is no file: "
                + directory.resolve("none")
                + "; mount it there",
            "probes[0].connection.bearer: Secret missing is not in namespace greenstick",
            "probes[0].connection.tls.ca: is no PEM that can be used; look at what it holds",
            "probes[0].connection.proxy.password: is too short to be kept out of what servers"
                + " answer",
            "probes[1].connection.headers.X-C: holds what no header can carry; it must be"
                + " printable ASCII on one line",
            "probes[3].connection.headers.X-H: must have a value, a secretRef or a file",
            "probes[4].connection.headers.X-I: Secret missing is not in namespace greenstick")
        .noneMatch(problem -> problem.contains("hunter2"));
    assertThat(asked.stream().filter("missing/key for models.example"::equals)).hasSize(1);
  }
}
