package dev.greenstick.contracts.experiment;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads base URLs, to which a path is added. */
final class Urls {

  private Urls() {}

  /** The http or https URL at this place; null when it has a problem or is absent. */
  static URI base(Cursor at) {
    String text = at.text();
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      boolean https = "https".equalsIgnoreCase(url.getScheme());
      if ((http || https) && url.getHost() != null) {
        if (url.getUserInfo() != null) {
          at.problem("must hold no user or password: whoever reads events could read them");
        } else if (url.getQuery() != null || url.getFragment() != null) {
          at.problem(
              "must end before any ? or #: the protocol's own path is added" + at.described());
        }
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below, with the other reasons.
    }
    at.problem("must be a URL like http://models.example:8080" + at.described());
    return null;
  }
}
