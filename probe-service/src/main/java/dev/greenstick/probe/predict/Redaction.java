package dev.greenstick.probe.predict;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of what a server sends back: as they are, and as JSON, URLs and base64 write
 * them. Asterisks take their place, one for each byte, so that nothing moves. A server that encodes
 * a secret in ways of its own cannot be helped: it knows the secret. Safe for many threads.
 */
public final class Redaction {

  /** Secrets shorter than this stand in too much that has nothing to do with them. */
  public static final int SHORTEST = 4;

  /** Nothing is secret. */
  public static final Redaction NONE = new Redaction(List.of());

  private final List<byte[]> hidden;

  private Redaction(List<byte[]> hidden) {
    this.hidden = hidden;
  }

  /**
   * Hides secrets.
   *
   * @throws IllegalArgumentException when one is shorter than {@link #SHORTEST}
   */
  public static Redaction of(Collection<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "a secret is shorter than %d characters".formatted(SHORTEST));
      }
      forms.addAll(forms(secret));
    }
    List<byte[]> hidden = new ArrayList<>();
    forms.forEach(form -> hidden.add(form.getBytes(StandardCharsets.UTF_8)));
    return hidden.isEmpty() ? NONE : new Redaction(hidden);
  }

  private static List<String> forms(String secret) {
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    // Some writers keep JSON safe inside HTML.
    String html =
        json.replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("=", "\\u003d")
            .replace("'", "\\u0027");
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        json,
        json.replace("/", "\\/"),
        html,
        url,
        url.replace("+", "%20"),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The body itself where nothing in it is secret, and otherwise one without secrets. */
  public byte[] in(byte[] body) {
    byte[] clean = body;
    for (byte[] secret : hidden) {
      for (int at = indexOf(clean, secret, 0); at >= 0; at = indexOf(clean, secret, at + 1)) {
        if (clean == body) {
          clean = body.clone();
        }
        Arrays.fill(clean, at, at + secret.length, (byte) '*');
      }
    }
    return clean;
  }

  /** A text without secrets; null stays null. */
  public String in(String text) {
    return text == null || hidden.isEmpty()
        ? text
        : new String(in(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] body, byte[] secret, int from) {
    for (int at = from; at <= body.length - secret.length; at++) {
      if (body[at] == secret[0]
          && Arrays.equals(body, at, at + secret.length, secret, 0, secret.length)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return "Redaction";
  }
}
