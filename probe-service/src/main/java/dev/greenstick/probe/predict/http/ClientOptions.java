package dev.greenstick.probe.predict.http;

import dev.greenstick.probe.predict.Access;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.List;
import java.util.Optional;

/** How Vert.x' client is to reach a server. */
public final class ClientOptions {

  private ClientOptions() {}

  /**
   * For a client whose connections are as an access says, and used again where they are {@code
   * kept}.
   */
  public static HttpClientOptions of(Access access, boolean kept) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(access.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
            .setHttp2ClearTextUpgrade(false)
            .setKeepAlive(kept)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setDecompressionSupported(false);
    if (access.http2()) {
      options.setUseAlpn(true).setAlpnVersions(List.of(HttpVersion.HTTP_2));
      if (!kept) {
        options.setHttp2MultiplexingLimit(1);
      }
    }
    access.tls().ifPresent(tls -> secure(options, tls));
    access.proxy().ifPresent(proxy -> options.setProxyOptions(proxy(proxy)));
    return options;
  }

  private static void secure(HttpClientOptions options, Access.Tls tls) {
    tls.ca().ifPresent(ca -> options.setTrustOptions(trust(ca)));
    tls.identity().ifPresent(identity -> options.setKeyCertOptions(shown(identity)));
  }

  private static PemTrustOptions trust(String ca) {
    return new PemTrustOptions().addCertValue(Buffer.buffer(ca));
  }

  private static PemKeyCertOptions shown(Access.Identity identity) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(identity.certificate()))
        .addKeyValue(Buffer.buffer(identity.key()));
  }

  private static ProxyOptions proxy(Access.Proxy proxy) {
    ProxyOptions options =
        new ProxyOptions()
            .setType(proxy.socks5() ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(proxy.host())
            .setPort(proxy.port());
    return proxy.username().isEmpty()
        ? options
        : options.setUsername(proxy.username()).setPassword(proxy.password());
  }

  /** What of the authorities and the identity cannot be used; without a word of what they hold. */
  public static Optional<String> problem(Vertx vertx, Access.Tls tls) {
    try {
      if (tls.ca().isPresent()
          && trust(tls.ca().get()).getTrustManagerFactory(vertx).getTrustManagers().length == 0) {
        return Optional.of("ca");
      }
    } catch (Exception e) {
      return Optional.of("ca");
    }
    try {
      if (tls.identity().isPresent()) {
        var unused = shown(tls.identity().get()).getKeyManagerFactory(vertx).getKeyManagers();
      }
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of("key");
    }
  }
}
