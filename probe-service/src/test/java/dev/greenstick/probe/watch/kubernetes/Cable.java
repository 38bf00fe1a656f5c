package dev.greenstick.probe.watch.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network between a client and a server, which can be cut and mended. */
final class Cable implements AutoCloseable {

  private final ServerSocket listening;
  private final URI server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  Cable(URI server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + listening.getLocalPort());
  }

  /** Breaks every connection, and every new one. */
  void cut() throws IOException {
    cut = true;
    for (Socket connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        if (cut) {
          client.close();
        } else {
          connect(client);
        }
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket(server.getHost(), server.getPort());
    connections.add(client);
    connections.add(upstream);
    carry(client.getInputStream(), upstream.getOutputStream(), client, upstream);
    carry(upstream.getInputStream(), client.getOutputStream(), client, upstream);
  }

  private static void carry(InputStream from, OutputStream to, Socket one, Socket other) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (one;
                  other) {
                from.transferTo(to);
              } catch (IOException e) {
                // A cable that is cut carries nothing.
              }
            });
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
