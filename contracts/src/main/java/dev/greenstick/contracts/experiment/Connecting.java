package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * How a server is reached, whatever is asked of it: a model's, or one that knows of alerts.
 *
 * @param http the version of HTTP; 1.1 where it is missing
 * @param kept whether connections are used again, so that predictions stay with the pods that were
 *     reached once, or each prediction gets a new one and they spread; as the probe's own setting
 *     says where it is missing
 * @param headers headers of every request, by name
 * @param bearer the key or token that is sent as {@code Authorization: Bearer}; never the value
 *     itself
 * @param basic who asks, as {@code Authorization: Basic}; nobody where it is missing
 * @param tls what is trusted and shown over https; the Java runtime's authorities where it is
 *     missing
 * @param proxy the proxy; none where it is missing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Connecting(
    @MayBeMissing HttpVersion http,
    @MayBeMissing Boolean kept,
    @MayBeMissing Map<String, Source> headers,
    @MayBeMissing Source bearer,
    @MayBeMissing Basic basic,
    @MayBeMissing Tls tls,
    @MayBeMissing Proxy proxy) {

  /** Nothing is said: HTTP/1.1 without anything. */
  public static final Connecting PLAINLY = new Connecting(null, null, null, null, null);

  public Connecting {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  /** A connection that is used as the probe's own setting says, and without a name and password. */
  public Connecting(
      HttpVersion http, Map<String, Source> headers, Source bearer, Tls tls, Proxy proxy) {
    this(http, null, headers, bearer, null, tls, proxy);
  }

  /** A version of HTTP. */
  public enum HttpVersion {
    @JsonProperty("1.1")
    HTTP_1_1,
    /** Over TLS by ALPN, without TLS with prior knowledge. */
    @JsonProperty("2")
    HTTP_2
  }

  /**
   * A name and password of RFC 7617.
   *
   * @param username the name, without a colon
   * @param password the password; never the value itself
   */
  public record Basic(String username, Source password) {

    public Basic {
      Objects.requireNonNull(username, "username");
      Objects.requireNonNull(password, "password");
    }
  }

  /**
   * What is trusted and shown over https, as PEM.
   *
   * @param ca certificates of the authorities that are trusted, instead of the Java runtime's
   * @param certificate the certificate that is shown, and those that lead to its authority
   * @param key the private key of that certificate, PKCS 8 without a password; never the value
   *     itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tls(
      @MayBeMissing Source ca, @MayBeMissing Source certificate, @MayBeMissing Source key) {}

  /**
   * A proxy.
   *
   * @param url {@code http://host:port} or {@code socks5://host:port}
   * @param username whom the proxy is to know
   * @param password the password; never the value itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Proxy(URI url, @MayBeMissing String username, @MayBeMissing Source password) {

    public Proxy {
      Objects.requireNonNull(url, "url");
    }
  }
}
