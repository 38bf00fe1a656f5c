package dev.greenstick.probe.predict;

import java.net.URI;
import java.util.Map;

/**
 * One request, ready to be sent.
 *
 * @param method the HTTP method
 * @param url the whole URL
 * @param headers headers beside those of the connection, which holds the secret ones
 * @param body the body, empty for none; not to be changed
 * @param streamed whether it matters when which part of the answer came
 */
@SuppressWarnings("ArrayRecordComponent") // a body is written once and never compared
public record Question(
    String method, URI url, Map<String, String> headers, byte[] body, boolean streamed) {

  private static final byte[] NOTHING = {};

  public Question {
    headers = Map.copyOf(headers);
  }

  /** A request whose answer counts as a whole. */
  public Question(String method, URI url, Map<String, String> headers, byte[] body) {
    this(method, url, headers, body, false);
  }

  /** A GET without anything. */
  public static Question get(URI url) {
    return new Question("GET", url, Map.of(), NOTHING);
  }
}
