package dev.greenstick.probe.predict;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A unary call of <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC
 * over HTTP/2</a>: a message behind five bytes, and a status behind the answer. What a status means
 * follows how <a
 * href="https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto">google.rpc.Code</a>
 * maps to HTTP's.
 */
final class GrpcCalls {

  private static final int FRAME = 5;
  private static final String STATUS = "grpc-status";

  private GrpcCalls() {}

  static Question question(URI url, Duration timeout, ByteString message) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME + message.size());
    frame.put((byte) 0).putInt(message.size());
    message.copyTo(frame);
    return new Question(
        "POST",
        url,
        Map.of(
            "content-type",
            "application/grpc",
            "te",
            "trailers",
            "grpc-accept-encoding",
            "identity",
            "grpc-timeout",
            Math.max(1, timeout.toMillis()) + "m"),
        frame.array());
  }

  /** What a status says; empty where there is a message to read. */
  static Optional<Answer> byStatus(Reply reply) {
    Optional<Answer> byHttp = Addressing.byStatus(reply);
    if (byHttp.isPresent()) {
      return byHttp;
    }
    String type = reply.header().apply("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/grpc")) {
      return Optional.of(
          new Answer.Malformed(
              Seen.line("no gRPC but " + Seen.line(type) + ": " + Seen.line(reply.body()))));
    }
    String status = reply.header().apply(STATUS);
    if ("0".equals(status)) {
      return Optional.empty();
    }
    if (status == null) {
      return Optional.of(new Answer.Malformed("no " + STATUS));
    }
    String seen =
        Seen.line(STATUS + " " + Seen.line(status) + " " + reply.header().apply("grpc-message"));
    return Optional.of(
        switch (status) {
          case "4" -> new Answer.TimedOut(seen);
          case "1", "3", "5", "6", "7", "8", "9", "10", "11", "16" -> new Answer.ClientError(seen);
          case "2", "12", "13", "14", "15" -> new Answer.ServerError(seen);
          default -> new Answer.Malformed(seen);
        });
  }

  /** The one message of an answer whose status is fine. */
  static ByteString message(Reply reply) throws Malformation {
    byte[] body = reply.body();
    if (body.length < FRAME) {
      throw new Malformation("no message");
    }
    ByteBuffer frame = ByteBuffer.wrap(body);
    if (frame.get() != 0) {
      throw new Malformation("a message in an encoding that was not accepted");
    }
    int length = frame.getInt();
    if (length != frame.remaining()) {
      throw new Malformation("a message of %d bytes in %d".formatted(length, frame.remaining()));
    }
    return ByteString.copyFrom(frame);
  }
}
