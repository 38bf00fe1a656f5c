package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.Connecting.Basic;
import dev.greenstick.contracts.experiment.Connecting.HttpVersion;
import dev.greenstick.contracts.experiment.Connecting.Proxy;
import dev.greenstick.contracts.experiment.Connecting.Tls;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads how a server is reached. */
final class ConnectionReader {

  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** What a connection, or a protocol, sets by itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "http2-settings",
          "proxy-authorization",
          "inference-header-content-length",
          "grpc-timeout",
          "grpc-encoding");

  /** Headers whose value lets its bearer in: everybody who reads events could take it. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i).*(authorization|cookie|token|secret|passw|credential|api-?key|subscription-key).*");

  private static final Pattern SECRET_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern SECRET_KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern FILE =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

  private ConnectionReader() {}

  static boolean isHeaderValue(String value) {
    return HEADER_VALUE.matcher(value).matches();
  }

  /** How a model's server at {@code url} is reached; null when nothing is said. */
  static Connecting connecting(ServingProtocol protocol, URI url, Cursor at) {
    if (!at.isPresent()
        || !at.isObject("http", "kept", "headers", "bearer", "basic", "tls", "proxy")) {
      return null;
    }
    HttpVersion http = at.field("http").oneOf(HttpVersion.class);
    boolean grpc = protocol == ServingProtocol.OPEN_INFERENCE_V2_GRPC;
    if (grpc && http == HttpVersion.HTTP_1_1) {
      at.field("http").problem("must be \"2\", or left out: gRPC is spoken over HTTP/2");
    }
    Boolean kept = at.field("kept").truth();
    Connecting connecting = whatever(http, kept, url, at);
    boolean plain = url != null && "http".equalsIgnoreCase(url.getScheme());
    if (plain && (grpc || http == HttpVersion.HTTP_2) && isHttp(connecting.proxy())) {
      at.field("proxy")
          .problem(
              "cannot carry HTTP/2 without TLS over HTTP; give an https url or a socks5 proxy");
    }
    return connecting;
  }

  /** How a source of alerts at {@code url} is reached; null when nothing is said. */
  static Connecting ofAlerts(URI url, Cursor at) {
    return !at.isPresent() || !at.isObject("headers", "bearer", "basic", "tls", "proxy")
        ? null
        : whatever(null, null, url, at);
  }

  /** What is said alike whatever is asked. */
  private static Connecting whatever(HttpVersion http, Boolean kept, URI url, Cursor at) {
    Map<String, Source> headers = headers(at.field("headers"));
    Source bearer = secret(at.field("bearer"));
    Basic basic = basic(at.field("basic"));
    if (bearer != null && headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
      at.field("bearer").problem("and headers.Authorization exclude each other; leave one out");
    }
    if (basic != null
        && (at.field("bearer").isPresent()
            || headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase))) {
      at.field("basic")
          .problem("and bearer or headers.Authorization exclude each other; leave one out");
    }
    return new Connecting(
        http, kept, headers, bearer, basic, tls(url, at.field("tls")), proxy(at.field("proxy")));
  }

  private static Basic basic(Cursor at) {
    if (!at.isPresent() || !at.isObject("username", "password")) {
      return null;
    }
    String username = at.required("username", "write whose the password is").text();
    Source password = secret(at.required("password", "name where it is: a secretRef or a file"));
    if (username != null && (username.indexOf(':') >= 0 || !isHeaderValue(username))) {
      at.field("username")
          .problem("must be printable ASCII without a colon" + at.field("username").described());
    }
    return username == null || password == null ? null : new Basic(username, password);
  }

  private static boolean isHttp(Proxy proxy) {
    return proxy != null && "http".equals(proxy.url().getScheme());
  }

  private static Map<String, Source> headers(Cursor at) {
    Map<String, Source> headers = new LinkedHashMap<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    at.map(Cursor::node)
        .keySet()
        .forEach(
            name -> {
              Cursor header = at.field(name);
              if (!HEADER.matcher(name).matches()) {
                header.problem("is no name of a header");
              } else if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                header.problem("is set by the connection or the protocol; leave it out");
              } else if (!seen.add(name)) {
                header.problem("is there twice; names of headers have no case");
              } else {
                headers.put(name, header(name, header));
              }
            });
    headers.values().removeIf(source -> source == null);
    return headers;
  }

  private static Source header(String name, Cursor at) {
    Source source = source(at);
    if (source == null || source.value() == null) {
      return source;
    }
    if (CREDENTIAL.matcher(name).matches()) {
      at.problem("lets its bearer in, and events are for everyone; give it as secretRef or file");
    } else if (!isHeaderValue(source.value())) {
      at.problem("must be printable ASCII" + at.described());
    }
    return source;
  }

  private static Tls tls(URI url, Cursor at) {
    if (!at.isPresent() || !at.isObject("ca", "certificate", "key")) {
      return null;
    }
    if (url != null && !"https".equalsIgnoreCase(url.getScheme())) {
      at.problem("is for https only, and the url is not");
    }
    Source ca = at.field("ca").isPresent() ? source(at.field("ca")) : null;
    Cursor certificate = at.field("certificate");
    Cursor key = at.field("key");
    if (certificate.isPresent() && !key.isPresent()) {
      key.problem("is missing; write where the certificate's private key is");
    } else if (key.isPresent() && !certificate.isPresent()) {
      certificate.problem("is missing; write where the private key's certificate is");
    }
    return new Tls(ca, certificate.isPresent() ? source(certificate) : null, secret(key));
  }

  private static Proxy proxy(Cursor at) {
    if (!at.isPresent() || !at.isObject("url", "username", "password")) {
      return null;
    }
    URI url = proxyUrl(at.required("url", "write for example http://proxy.example:3128"));
    String username = at.field("username").text();
    Source password = secret(at.field("password"));
    if (username == null && password != null) {
      at.field("username").problem("is missing; write whose the password is");
    }
    return url == null ? null : new Proxy(url, username, password);
  }

  private static URI proxyUrl(Cursor at) {
    String text = at.text();
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      if (url.getUserInfo() != null) {
        at.problem("must hold no user or password; write username, and password as secretRef");
        return null;
      }
      boolean known = "http".equals(url.getScheme()) || "socks5".equals(url.getScheme());
      boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
      if (known && url.getHost() != null && url.getPort() > 0 && bare) {
        return url;
      }
    } catch (URISyntaxException | NullPointerException e) {
      // Said below, with the other reasons.
    }
    at.problem("must be http://host:port or socks5://host:port" + at.described());
    return null;
  }

  /** A source that is not the value itself. */
  private static Source secret(Cursor at) {
    if (!at.isPresent()) {
      return null;
    }
    if (!at.node().isObject() || at.field("value").isPresent()) {
      // Not described: what stands here may be the secret.
      at.problem("must name a secretRef or a file: events are for everyone");
      return null;
    }
    return source(at);
  }

  private static Source source(Cursor at) {
    if (at.node().isTextual()) {
      return Source.of(at.node().textValue());
    }
    if (!at.node().isObject()) {
      at.problem("must be text in quotes, or name a secretRef or a file");
      return null;
    }
    at.isObject("value", "secretRef", "file");
    long given =
        Set.of("value", "secretRef", "file").stream()
            .filter(name -> at.field(name).isPresent())
            .count();
    if (given != 1) {
      at.problem("must have one field: value, secretRef or file");
      return null;
    }
    if (at.field("value").isPresent()) {
      String value = at.field("value").value();
      return value == null ? null : Source.of(value);
    }
    return at.field("file").isPresent() ? file(at.field("file")) : reference(at.field("secretRef"));
  }

  private static Source file(Cursor at) {
    String file = at.text();
    if (file == null) {
      return null;
    }
    if (!FILE.matcher(file).matches()) {
      at.problem(
          "must be the path of a file beneath the probe's directory of secrets, like model/key"
              + at.described());
    }
    return Source.ofFile(file);
  }

  private static Source reference(Cursor at) {
    if (!at.isObject("name", "key")) {
      return null;
    }
    String name = at.required("name", "name the Secret, in the probe's own namespace").text();
    String key = at.required("key", "name the key of the Secret's data").text();
    if (name != null && !SECRET_NAME.matcher(name).matches()) {
      at.field("name").problem("is no name of a Secret" + at.field("name").described());
    }
    if (key != null && !SECRET_KEY.matcher(key).matches()) {
      at.field("key").problem("is no key of a Secret" + at.field("key").described());
    }
    return name == null || key == null ? null : Source.of(new SecretRef(name, key));
  }
}
