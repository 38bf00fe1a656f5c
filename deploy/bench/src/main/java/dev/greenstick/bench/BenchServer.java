package dev.greenstick.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server whose delays are known: it answers every prediction at once, but for the first so
 * many milliseconds of every period, which it spends asleep. Arguments: length of the stall and of
 * the period in milliseconds, 0 for none. Prints its port.
 */
final class BenchServer {

  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MILLION = 1_000_000;

  private final long stallNanos;
  private final long periodNanos;
  private final long origin = System.nanoTime();

  private BenchServer(long stallMillis, long periodMillis) {
    this.stallNanos = stallMillis * MILLION;
    this.periodNanos = periodMillis * MILLION;
  }

  public static void main(String[] arguments) throws IOException {
    BenchServer server =
        new BenchServer(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
    try (ServerSocket socket = new ServerSocket(0, 10_000, InetAddress.getLoopbackAddress())) {
      System.out.println(socket.getLocalPort());
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> server.serve(connection));
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream(), 4_096);
      byte[] buffer = new byte[8_192];
      for (int length = read(in, buffer); length > 0; length = read(in, buffer)) {
        stall();
        byte[] body = answer(buffer, length);
        byte[] head =
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        connection.getOutputStream().write(whole);
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private void stall() {
    if (stallNanos == 0) {
      return;
    }
    long left = stallNanos - (System.nanoTime() - origin) % periodNanos;
    if (left > 0) {
      long until = System.nanoTime() + left;
      for (long more = left; more > 0; more = until - System.nanoTime()) {
        LockSupport.parkNanos(more);
      }
    }
  }

  /** Reads head and body of one request; how many bytes, 0 at the end. */
  private static int read(InputStream in, byte[] buffer) throws IOException {
    int length = 0;
    int bodyAt = 0;
    while (bodyAt == 0) {
      int next = in.read();
      if (next < 0) {
        return 0;
      }
      buffer[length++] = (byte) next;
      boolean end =
          length > 3 && next == '\n' && buffer[length - 3] == '\n' && buffer[length - 4] == '\r';
      bodyAt = end ? length : 0;
    }
    int body = number(buffer, after(buffer, length, LENGTH));
    return in.readNBytes(buffer, length, body) == body ? length + body : 0;
  }

  private static int number(byte[] buffer, int at) {
    int number = 0;
    for (int i = at; at > 0 && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      number = 10 * number + buffer[i] - '0';
    }
    return number;
  }

  private static byte[] answer(byte[] request, int length) {
    int from = after(request, length, ID);
    int to = from;
    while (from > 0 && request[to] != '"') {
      to++;
    }
    String id = from == 0 ? "" : new String(request, from, to - from, StandardCharsets.US_ASCII);
    return ("{\"model_name\":\"bench\",\"id\":\""
            + id
            + "\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"O\"]}]}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The place after a text, letters of either case; 0 when it is nowhere. */
  private static int after(byte[] buffer, int length, byte[] text) {
    for (int i = 0; i + text.length <= length; i++) {
      int same = 0;
      while (same < text.length
          && (buffer[i + same] == text[same] || buffer[i + same] + 32 == text[same])) {
        same++;
      }
      if (same == text.length) {
        return i + same;
      }
    }
    return 0;
  }
}
