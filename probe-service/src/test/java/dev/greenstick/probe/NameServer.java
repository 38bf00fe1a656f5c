package dev.greenstick.probe;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.spi.resolver.ResolverProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** A DNS server that says 127.0.0.1 for every name, or that it fails, and nothing to be kept. */
final class NameServer implements AutoCloseable {

  private static final int QUESTION = 12;
  private static final int SERVER_FAILURE = 2;

  private final DatagramSocket socket;
  private final BooleanSupplier resolves;

  NameServer(BooleanSupplier resolves) throws IOException {
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.resolves = resolves;
    Thread.ofVirtual().start(this::serve);
  }

  /**
   * A Vert.x that asks this server. Where Quarkus has run in this JVM it has turned Vert.x' own
   * resolver off for all that are made later, as it does in the service, and the JDK's asks nobody
   * but the machine's.
   */
  Vertx vertx() {
    String turnedOff = System.clearProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME);
    try {
      return Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .addServer("127.0.0.1:" + socket.getLocalPort())
                      .setCacheMaxTimeToLive(0)
                      .setCacheNegativeTimeToLive(0)
                      .setQueryTimeout(1_000)
                      .setMaxQueries(2)));
    } finally {
      if (turnedOff != null) {
        System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, turnedOff);
      }
    }
  }

  private void serve() {
    byte[] buffer = new byte[512];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** RFC 1035: the question is repeated, and an A record points back to its name. */
  private byte[] answer(byte[] query) throws IOException {
    int end = QUESTION;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    int type = query[end + 2];
    byte[] question = Arrays.copyOfRange(query, QUESTION, end + 5);
    boolean address = resolves.getAsBoolean() && type == 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    out.write(0x81);
    out.write(0x80 | (resolves.getAsBoolean() ? 0 : SERVER_FAILURE));
    out.write(new byte[] {0, 1, 0, (byte) (address ? 1 : 0), 0, 0, 0, 0});
    out.write(question);
    if (address) {
      out.write(new byte[] {(byte) 0xC0, QUESTION, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1});
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
