package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command in a container, over a WebSocket as Kubernetes' {@code remotecommand} speaks it: each
 * message begins with its channel, and the last one on the error channel says how it ended.
 */
final class ExecStream {

  private static final Logger LOG = LoggerFactory.getLogger(ExecStream.class);
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int CLOSE = 255;

  /** How the protocol's newest version is called; it can close the input alone. */
  static final String V5 = "v5.channel.k8s.io";

  static final String V4 = "v4.channel.k8s.io";

  private final ServerWebSocket socket;
  private final Context context;
  private final Executor blocking;

  /**
   * @param context where the socket is written to
   * @param blocking for what waits on the process
   */
  ExecStream(ServerWebSocket socket, Context context, Executor blocking) {
    this.socket = socket;
    this.context = context;
    this.blocking = blocking;
  }

  /** Connects a process to the socket until the process ends; the socket's end kills it. */
  void connect(Process process) {
    socket.handler(message -> received(process, message));
    socket.closeHandler(closed -> process.destroyForcibly());
    CompletableFuture<Void> output =
        CompletableFuture.allOf(
            copy(process.getInputStream(), STDOUT), copy(process.getErrorStream(), STDERR));
    var _ =
        process
            .onExit()
            .thenCombine(output, (ended, whole) -> ended.exitValue())
            .thenAccept(code -> end(code == 0 ? success() : exit(code)));
  }

  /** Says that the command could not be started. */
  void fail(String problem) {
    end(
        status("Failure")
            .put(
                "message",
                "Internal error occurred: error executing command in container: " + problem)
            .put("reason", "InternalError")
            .put("code", 500));
  }

  private void received(Process process, Buffer message) {
    if (message.length() == 0) {
      return;
    }
    int channel = message.getByte(0) & 0xff;
    if (channel == STDIN && message.length() > 1) {
      byte[] bytes = message.getBytes(1, message.length());
      blocking.execute(() -> write(process.getOutputStream(), bytes));
    } else if (channel == CLOSE && message.length() > 1 && message.getByte(1) == STDIN) {
      blocking.execute(() -> close(process.getOutputStream()));
    }
  }

  private static void write(OutputStream input, byte[] bytes) {
    try {
      input.write(bytes);
      input.flush();
    } catch (IOException e) {
      LOG.debug("the command reads no more: {}", e.getMessage());
    }
  }

  private static void close(OutputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      LOG.debug("the command's input is closed already: {}", e.getMessage());
    }
  }

  private CompletableFuture<Void> copy(InputStream from, int channel) {
    return CompletableFuture.runAsync(
        () -> {
          byte[] bytes = new byte[8_192];
          try {
            for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
              send(channel, Buffer.buffer().appendBytes(bytes, 0, read));
            }
          } catch (IOException e) {
            LOG.debug("the command's output ended: {}", e.getMessage());
          }
        },
        blocking);
  }

  private void send(int channel, Buffer data) {
    Buffer message = Buffer.buffer().appendByte((byte) channel).appendBuffer(data);
    context.runOnContext(
        ignored -> {
          if (!socket.isClosed()) {
            socket.writeBinaryMessage(message);
          }
        });
  }

  private void end(ObjectNode status) {
    send(ERROR, Buffer.buffer(status.toString()));
    context.runOnContext(
        ignored -> {
          if (!socket.isClosed()) {
            socket.close();
          }
        });
  }

  private static ObjectNode success() {
    return status("Success");
  }

  private static ObjectNode exit(int code) {
    ObjectNode status =
        status("Failure")
            .put("message", "command terminated with non-zero exit code: exit status " + code)
            .put("reason", "NonZeroExitCode");
    status
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "ExitCode")
        .put("message", Integer.toString(code));
    return status;
  }

  private static ObjectNode status(String outcome) {
    ObjectNode status = Json.MAPPER.createObjectNode();
    status.putObject("metadata");
    return status.put("status", outcome);
  }
}
