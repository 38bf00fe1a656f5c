package dev.greenstick.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelProcessTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private Process process;

  @AfterEach
  void kill() {
    process.destroyForcibly();
  }

  @Test
  void onSigtermItIsUnreadyAnswersWhatIsInFlightAndExits() throws Exception {
    // Given
    var url = started("--port", "0", "--drain-millis", "2000");
    String body =
        "{\"inputs\":[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.5,0.5]}]}";
    try (var inFlight = new Socket(url.getHost(), url.getPort())) {
      send(
          inFlight,
          "POST /v2/models/crescents/infer HTTP/1.1\r\nHost: m\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      assertThat(readyStatus(url)).isEqualTo(200);

      // When
      process.destroy();

      // Then
      await().until(() -> readyStatus(url) == 503);
      send(inFlight, body);
      assertThat(new String(inFlight.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200 OK")
          .contains("\"label\"");
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
  }

  @Test
  void whenItsParentIsGoneItExits() throws Exception {
    // Given
    started("--port", "0", "--exit-with-parent");

    // When
    process.getOutputStream().close();

    // Then
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPortInUseIsOneLineAndStatusThree() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      process = process("--port", String.valueOf(taken.getLocalPort()));

      // Then
      assertThat(errors())
          .singleElement()
          .asString()
          .startsWith(
              "Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
      assertThat(process.waitFor()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port, --port needs a value",
    "--bogus, Unknown argument --bogus",
    "--port=1, Unknown argument --port=1"
  })
  void aWrongArgumentIsOneLineAndStatusThree(String argument, String message) throws Exception {
    // When
    process = process(argument);

    // Then
    assertThat(errors()).singleElement().asString().startsWith(message);
    assertThat(process.waitFor()).isEqualTo(3);
  }

  private URI started(String... arguments) throws IOException {
    process = process(arguments);
    return URI.create(new JsonObject(process.inputReader(UTF_8).readLine()).getString("url"));
  }

  private static Process process(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ModelServer.JVM_OPTIONS);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ModelServer.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private List<String> errors() {
    return process.errorReader(UTF_8).lines().toList();
  }

  private static int readyStatus(URI url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(url.resolve("/v2/health/ready")).build();
    return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }
}
