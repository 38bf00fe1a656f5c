package dev.greenstick.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server whose delays are known: it answers every prediction at once, but for so many
 * milliseconds from the middle of every period, which all of it spends asleep. One thread and no
 * framework, so that it takes as little as may be of the machine that its clients are measured on.
 * Arguments: length of the stall and of the period in milliseconds, 0 for none. Prints its port.
 */
final class BenchServer {

  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST_REQUEST = 4_096;
  private static final int BACKLOG = 10_000;
  private static final int MILLION = 1_000_000;

  private final long stallNanos;
  private final long periodNanos;
  private final long origin = System.nanoTime();
  private final Selector selector;
  private final ServerSocketChannel entrance;

  private BenchServer(long stallMillis, long periodMillis) throws IOException {
    this.stallNanos = stallMillis * MILLION;
    this.periodNanos = periodMillis * MILLION;
    this.selector = Selector.open();
    this.entrance = ServerSocketChannel.open();
    entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    entrance.configureBlocking(false);
    entrance.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] arguments) throws IOException {
    BenchServer server =
        new BenchServer(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println(((InetSocketAddress) server.entrance.getLocalAddress()).getPort());
    while (true) {
      server.selector.select(server::ready);
    }
  }

  private void ready(SelectionKey key) {
    stall();
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private void accept() throws IOException {
    for (SocketChannel one = entrance.accept(); one != null; one = entrance.accept()) {
      one.configureBlocking(false);
      one.setOption(StandardSocketOptions.TCP_NODELAY, true);
      one.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST_REQUEST));
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private void stall() {
    if (stallNanos == 0) {
      return;
    }
    long within = (System.nanoTime() - origin + periodNanos / 2) % periodNanos;
    long left = stallNanos - within;
    if (left > 0) {
      long until = System.nanoTime() + left;
      for (long more = left; more > 0; more = until - System.nanoTime()) {
        LockSupport.parkNanos(more);
      }
    }
  }

  private static void read(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer request = (ByteBuffer) key.attachment();
    if (channel.read(request) < 0) {
      channel.close();
      return;
    }
    if (isWhole(request)) {
      ByteBuffer answer = answer(request);
      while (answer.hasRemaining()) {
        channel.write(answer);
      }
      request.clear();
    }
  }

  /** Nobody sends a request before the one before is answered. */
  private static boolean isWhole(ByteBuffer request) {
    byte[] bytes = request.array();
    int length = request.position();
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return length >= i + 1 + number(bytes, after(bytes, i, LENGTH));
      }
    }
    return false;
  }

  private static int number(byte[] buffer, int at) {
    int number = 0;
    for (int i = at; at > 0 && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      number = 10 * number + buffer[i] - '0';
    }
    return number;
  }

  private static ByteBuffer answer(ByteBuffer request) {
    byte[] bytes = request.array();
    int from = after(bytes, request.position(), ID);
    int to = from;
    while (from > 0 && bytes[to] != '"') {
      to++;
    }
    String id = from == 0 ? "" : new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    String body =
        "{\"model_name\":\"bench\",\"id\":\""
            + id
            + "\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"O\"]}]}";
    return ByteBuffer.wrap(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII));
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
