package dev.greenstick.probe.predict;

import dev.greenstick.contracts.experiment.Probe;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What every protocol over HTTP has in common: where a model is, and what a status means. */
final class Addressing {

  private Addressing() {}

  /** A protocol's path, which begins with a slash, behind a probe's base URL. */
  static URI url(Probe probe, String path) {
    String base = probe.url().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /** A name as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What a status other than 200 means, whatever the body; empty for 200. */
  static Optional<Answer> byStatus(Reply reply) {
    int status = reply.status();
    if (status == 200) {
      return Optional.empty();
    }
    String seen = Seen.line("status " + status + " " + Seen.line(reply.body()));
    if (status >= 500) {
      return Optional.of(new Answer.ServerError(seen));
    }
    return Optional.of(status >= 300 ? new Answer.ClientError(seen) : new Answer.Malformed(seen));
  }
}
