package dev.greenstick.probe.predict.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does with its connections whatever a test wants, each on a thread of its own. */
public final class HandMadeServer implements AutoCloseable {

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Manner {

    /** Treats one connection. */
    void treat(Socket connection) throws Exception;
  }

  private final ServerSocket listening;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  public HandMadeServer(Manner manner) throws IOException {
    listening = new ServerSocket(0, 10_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(manner));
  }

  private void accept(Manner manner) {
    try {
      while (true) {
        Socket connection = listening.accept();
        accepted.incrementAndGet();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> treat(manner, connection));
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void treat(Manner manner, Socket connection) {
    try (connection) {
      manner.treat(connection);
    } catch (Exception e) {
      // The other side may go at any time: that is its right.
    } finally {
      open.decrementAndGet();
    }
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** Connections so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections now. */
  public int open() {
    return open.get();
  }

  /** Reads one request; returns its body, null at the connection's end. */
  public static String readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
    }
    int length =
        head.toString(StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Writes text as it is. */
  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Writes a whole answer. */
  public static void answer(OutputStream out, String status, String body) throws IOException {
    write(
        out,
        "HTTP/1.1 "
            + status
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\nLocation: http://127.0.0.1:1/\r\n\r\n"
            + body);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
