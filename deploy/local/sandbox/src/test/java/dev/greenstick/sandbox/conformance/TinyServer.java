package dev.greenstick.sandbox.conformance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The least model server: answers every request with its pod's name, ends with its parent. */
final class TinyServer {

  private TinyServer() {}

  /** Listens on {@code PORT}. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    byte[] name = System.getenv("POD_NAME").getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, name.length);
          exchange.getResponseBody().write(name);
          exchange.close();
        });
    server.start();
    System.out.println("listening on " + port);
    int read = System.in.read();
    while (read >= 0) {
      read = System.in.read();
    }
    System.exit(0);
  }
}
