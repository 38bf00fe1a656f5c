package dev.greenstick.probe.predict;

import java.util.Map;
import java.util.Optional;

/**
 * How a probe's server is reached, with every secret read. Lives in memory only, and tells nothing
 * of itself.
 *
 * @param http2 whether HTTP/2 is spoken, and nothing else
 * @param headers headers of every request, with their secrets
 * @param tls what is trusted and shown over https; empty for the Java runtime's authorities
 * @param proxy the proxy; empty for none
 * @param redaction takes the secrets out of whatever comes back
 */
public record Access(
    boolean http2,
    Map<String, String> headers,
    Optional<Tls> tls,
    Optional<Proxy> proxy,
    Redaction redaction) {

  /** HTTP/1.1 without anything. */
  public static final Access PLAIN =
      new Access(false, Map.of(), Optional.empty(), Optional.empty(), Redaction.NONE);

  public Access {
    headers = Map.copyOf(headers);
  }

  /**
   * What is trusted and shown, as PEM.
   *
   * @param ca the authorities that are trusted; empty for the Java runtime's
   * @param identity what is shown; empty for nothing
   */
  public record Tls(Optional<String> ca, Optional<Identity> identity) {}

  /**
   * A certificate and its private key, as PEM.
   *
   * @param certificate the certificate, and those that lead to its authority
   * @param key the private key
   */
  public record Identity(String certificate, String key) {

    @Override
    public String toString() {
      return "Identity";
    }
  }

  /**
   * A proxy.
   *
   * @param socks5 whether it speaks SOCKS 5, or else HTTP
   * @param username whom the proxy is to know; empty for nobody
   * @param password empty for none
   */
  public record Proxy(boolean socks5, String host, int port, String username, String password) {

    @Override
    public String toString() {
      return "Proxy " + host + ":" + port;
    }
  }

  @Override
  public String toString() {
    return "Access";
  }
}
