package dev.greenstick.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * The limit: one connection, one request after another, and nobody looks at the answers. Arguments:
 * port, seconds, and how many a second, 0 for as many as there can be. Prints how many there were.
 */
final class BareLoop {

  private static final long SECOND = 1_000_000_000L;

  private BareLoop() {}

  public static void main(String[] arguments) throws IOException {
    byte[] request =
        ("POST /v2/models/bench/infer HTTP/1.1\r\nHost: bench\r\nContent-Length: "
                + ProbeFigures.BODY.length()
                + "\r\n\r\n"
                + ProbeFigures.BODY)
            .getBytes(StandardCharsets.US_ASCII);
    long start = System.nanoTime();
    long end = start + Long.parseLong(arguments[1]) * SECOND;
    long rate = Long.parseLong(arguments[2]);
    long count = 0;
    byte[] buffer = new byte[8_192];
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(arguments[0]))) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      while (System.nanoTime() < end) {
        if (rate > 0) {
          until(start + count * SECOND / rate);
        }
        socket.getOutputStream().write(request);
        // The server writes an answer at once, and so it comes.
        if (in.read(buffer) < 0) {
          throw new IOException("the server is gone");
        }
        count++;
      }
    }
    System.out.println(count);
  }

  private static void until(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
