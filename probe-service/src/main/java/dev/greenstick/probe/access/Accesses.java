package dev.greenstick.probe.access;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.Connecting;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.Source;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.access.Secrets.Unreadable;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.Redaction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns what probes and feeds of alerts say of their connections into what reaches them: secrets
 * are read here, once, when a run starts. What cannot be had is a problem, with its path, and keeps
 * the run from starting.
 */
public final class Accesses {

  /** What came of it. */
  public sealed interface Resolved {

    /**
     * All that was asked for.
     *
     * @param accesses every probe's, by its name
     * @param alerts every feed's, in their order
     */
    record Open(Map<ProbeName, Access> accesses, List<Access> alerts) implements Resolved {

      public Open {
        accesses = Map.copyOf(accesses);
        alerts = List.copyOf(alerts);
      }
    }

    /**
     * Something is lacking.
     *
     * @param problems every reason at once, with the command's paths; at least one
     */
    record Closed(List<Problem> problems) implements Resolved {

      public Closed {
        problems = List.copyOf(problems);
      }
    }
  }

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  private final Secrets secrets;
  private final SecretFiles files;
  private final Function<Access.Tls, Optional<String>> tlsProblem;

  /**
   * @param tlsProblem which part of certificates and keys cannot be used, {@code ca} or {@code key}
   */
  public Accesses(
      Secrets secrets, SecretFiles files, Function<Access.Tls, Optional<String>> tlsProblem) {
    this.secrets = secrets;
    this.files = files;
    this.tlsProblem = tlsProblem;
  }

  /**
   * Reads all that probes and feeds of alerts need; waits for the API server where one names a
   * Secret.
   */
  public Resolved resolve(List<Probe> probes, List<AlertFeed> feeds) {
    List<Problem> problems = new ArrayList<>();
    Map<Asked, Answered> known = new HashMap<>();
    Map<ProbeName, Access> accesses = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe probe = probes.get(i);
      String path = "probes[" + i + "].connection.";
      boolean http2 = Protocol.of(probe.protocol()).needsHttp2();
      accesses.put(
          probe.name(),
          new Reading(path, probe.url(), probe.connection(), problems, known).access(http2));
    }
    List<Access> alerts = new ArrayList<>();
    for (int i = 0; i < feeds.size(); i++) {
      AlertFeed feed = feeds.get(i);
      String path = "alerts[" + i + "].connection.";
      alerts.add(new Reading(path, feed.url(), feed.connection(), problems, known).access(false));
    }
    return problems.isEmpty() ? new Resolved.Open(accesses, alerts) : new Resolved.Closed(problems);
  }

  private record Asked(SecretRef reference, String host) {}

  /** What the API server made of it, asked once for all probes of a run. */
  private record Answered(String text, Unreadable why) {

    String value() throws Unreadable {
      if (why != null) {
        throw why;
      }
      return text;
    }
  }

  private Answered answered(Asked asked) {
    try {
      return new Answered(secrets.read(asked.reference(), asked.host()), null);
    } catch (Unreadable e) {
      return new Answered(null, e);
    }
  }

  /** The reading of the secrets for one server. */
  private final class Reading {

    private final String path;
    private final URI url;
    private final Connecting connection;
    private final List<Problem> problems;
    private final Map<Asked, Answered> known;
    private final List<String> hidden = new ArrayList<>();

    Reading(
        String path,
        URI url,
        Connecting connection,
        List<Problem> problems,
        Map<Asked, Answered> known) {
      this.known = known;
      this.path = path;
      this.url = url;
      this.connection = connection == null ? Connecting.PLAINLY : connection;
      this.problems = problems;
    }

    Access access(boolean needsHttp2) {
      Map<String, String> headers = headers();
      Optional<Access.Tls> tls = tls();
      Optional<Access.Proxy> proxy = proxy();
      boolean http2 = needsHttp2 || connection.http() == Connecting.HttpVersion.HTTP_2;
      return new Access(http2, headers, tls, proxy, Redaction.of(hidden));
    }

    private Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      connection
          .headers()
          .forEach(
              (name, source) ->
                  sent("headers." + name, source, url.getHost())
                      .ifPresent(value -> headers.put(name, value)));
      if (connection.bearer() != null) {
        sent("bearer", connection.bearer(), url.getHost())
            .ifPresent(token -> headers.put("Authorization", "Bearer " + token));
      }
      if (connection.basic() != null) {
        sent("basic.password", connection.basic().password(), url.getHost())
            .ifPresent(password -> headers.put("Authorization", "Basic " + basic(password)));
      }
      return headers;
    }

    /** RFC 7617; what it comes to is as secret as the password. */
    private String basic(String password) {
      String both = connection.basic().username() + ":" + password;
      hidden.add(both);
      return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Access.Tls> tls() {
      Connecting.Tls tls = connection.tls();
      if (tls == null) {
        return Optional.empty();
      }
      String host = url.getHost();
      Optional<String> ca = tls.ca() == null ? Optional.empty() : read("tls.ca", tls.ca(), host);
      Optional<Access.Identity> identity = Optional.empty();
      if (tls.certificate() != null && tls.key() != null) {
        Optional<String> certificate = read("tls.certificate", tls.certificate(), host);
        Optional<String> key = read("tls.key", tls.key(), host);
        identity = certificate.flatMap(shown -> key.map(own -> new Access.Identity(shown, own)));
      }
      Access.Tls whole = new Access.Tls(ca, identity);
      tlsProblem
          .apply(whole)
          .ifPresent(
              part -> problem("tls." + part, "is no PEM that can be used; look at what it holds"));
      return Optional.of(whole);
    }

    private Optional<Access.Proxy> proxy() {
      Connecting.Proxy proxy = connection.proxy();
      if (proxy == null) {
        return Optional.empty();
      }
      String host = proxy.url().getHost();
      String password =
          proxy.password() == null ? "" : sent("proxy.password", proxy.password(), host).orElse("");
      return Optional.of(
          new Access.Proxy(
              "socks5".equals(proxy.url().getScheme()),
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
              proxy.url().getPort(),
              proxy.username() == null ? "" : proxy.username(),
              password));
    }

    /** What travels in a header, and is kept out of whatever comes back. */
    private Optional<String> sent(String field, Source source, String host) {
      Optional<String> value = read(field, source, host);
      if (value.isEmpty()) {
        return value;
      }
      if (!HEADER_VALUE.matcher(value.get()).matches()) {
        problem(field, "holds what no header can carry; it must be printable ASCII on one line");
        return Optional.empty();
      }
      if (source.value() == null) {
        if (value.get().length() < Redaction.SHORTEST) {
          problem(field, "is too short to be kept out of what servers answer");
          return Optional.empty();
        }
        hidden.add(value.get());
      }
      return value;
    }

    private Optional<String> read(String field, Source source, String host) {
      try {
        if (source.value() != null) {
          return Optional.of(source.value());
        }
        if (source.file() != null) {
          return Optional.of(files.read(source.file()));
        }
        if (source.secretRef() != null) {
          return Optional.of(
              known
                  .computeIfAbsent(new Asked(source.secretRef(), host), Accesses.this::answered)
                  .value());
        }
        problem(field, "must have a value, a secretRef or a file");
      } catch (Unreadable e) {
        problem(field, e.getMessage());
      }
      return Optional.empty();
    }

    private void problem(String field, String message) {
      problems.add(new Problem(path + field, message));
    }
  }
}
