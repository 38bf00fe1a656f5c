package dev.greenstick.probe.predict;

import java.net.URI;
import java.util.Map;

/**
 * One request for a prediction, ready to be sent.
 *
 * @param method the HTTP method
 * @param url the whole URL
 * @param headers headers beside those of the connection
 * @param body the body; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a body is written once and never compared
public record Question(String method, URI url, Map<String, String> headers, byte[] body) {

  public Question {
    headers = Map.copyOf(headers);
  }
}
