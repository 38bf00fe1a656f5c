package dev.greenstick.probe.predict.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Access.Identity;
import dev.greenstick.probe.predict.Access.Tls;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.Redaction;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import dev.greenstick.sandbox.access.Credentials;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How servers are reached: certificates are made when a test runs, and nothing of them is kept. */
class ConnectionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Credentials SERVER = Credentials.create(Clock.systemUTC().instant());
  private static final Credentials CLIENT = Credentials.create(Clock.systemUTC().instant());

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<HttpVersion> versions = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private int serve(HttpServerOptions options, Consumer<HttpServerRequest> manner)
      throws Exception {
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(
                request -> {
                  versions.add(request.version());
                  manner.accept(request);
                });
    return server
        .listen(0, "0.0.0.0")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private static void greet(HttpServerRequest request) {
    var unused = request.response().end("hello");
  }

  private static HttpServerOptions tls() {
    return new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(SERVER.certificate()))
                .addKeyValue(Buffer.buffer(SERVER.privateKey())));
  }

  private static Access access(boolean http2, Tls tls, Access.Proxy proxy) {
    return new Access(
        http2, Map.of(), Optional.ofNullable(tls), Optional.ofNullable(proxy), Redaction.NONE);
  }

  private static Tls trusting(Credentials authority) {
    return new Tls(Optional.of(authority.certificate()), Optional.empty());
  }

  private HttpTransport transport(Access access, Connections connections) {
    return new HttpTransport(vertx, loop, System::nanoTime, connections, 50, 1 << 16, access);
  }

  private Outcome ask(Access access, String url) throws Exception {
    return ask(transport(access, Connections.NEW), url);
  }

  private Outcome ask(Transport transport, String url) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Question question =
        new Question("POST", URI.create(url), Map.of(), "?".getBytes(StandardCharsets.UTF_8));
    loop.runOnContext(
        now -> {
          var unused = transport.send(question, PATIENCE, outcome::complete);
        });
    return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void assertGreeted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Replied.class);
    assertThat(((Outcome.Replied) outcome).reply().body())
        .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyTheAuthoritiesThatAreNamedAreTrusted() throws Exception {
    // Given
    int port = serve(tls(), ConnectionsTest::greet);

    // When, Then
    assertGreeted(ask(access(false, trusting(SERVER), null), "https://127.0.0.1:" + port));
    assertThat(ask(access(false, trusting(CLIENT), null), "https://127.0.0.1:" + port))
        .isInstanceOf(Outcome.Broken.class);
    assertThat(ask(access(false, null, null), "https://127.0.0.1:" + port))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aCertificateOfAnotherHostIsNotTrusted() throws Exception {
    // Given
    int port = serve(tls(), ConnectionsTest::greet);

    // When, Then
    assertThat(ask(access(false, trusting(SERVER), null), "https://127.0.0.2:" + port))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aServerThatAsksForACertificateIsShownTheOneThatIsNamed() throws Exception {
    // Given
    HttpServerOptions options =
        tls()
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(CLIENT.certificate())));
    int port = serve(options, ConnectionsTest::greet);
    Tls shown =
        new Tls(
            Optional.of(SERVER.certificate()),
            Optional.of(new Identity(CLIENT.certificate(), CLIENT.privateKey())));
    Tls another =
        new Tls(
            Optional.of(SERVER.certificate()),
            Optional.of(new Identity(SERVER.certificate(), SERVER.privateKey())));

    // When, Then
    assertGreeted(ask(access(false, shown, null), "https://127.0.0.1:" + port));
    assertThat(ask(access(false, trusting(SERVER), null), "https://127.0.0.1:" + port))
        .isInstanceOf(Outcome.Broken.class);
    assertThat(ask(access(false, another, null), "https://127.0.0.1:" + port))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void whatIsNoPemIsNamedAndNotRepeated() {
    // Given
    Tls noCa = new Tls(Optional.of("hunter2"), Optional.empty());
    Tls noKey =
        new Tls(
            Optional.of(SERVER.certificate()),
            Optional.of(new Identity(CLIENT.certificate(), "hunter2")));
    Tls good =
        new Tls(
            Optional.of(SERVER.certificate()),
            Optional.of(new Identity(CLIENT.certificate(), CLIENT.privateKey())));

    // When, Then
    assertThat(ClientOptions.problem(vertx, noCa)).contains("ca");
    assertThat(ClientOptions.problem(vertx, noKey)).contains("key");
    assertThat(ClientOptions.problem(vertx, good)).isEmpty();
  }

  @Test
  void http2IsSpokenOverTlsAndWithoutIt() throws Exception {
    // Given
    int secure = serve(tls().setUseAlpn(true), ConnectionsTest::greet);
    int plain = serve(new HttpServerOptions(), ConnectionsTest::greet);

    // When
    assertGreeted(ask(access(true, trusting(SERVER), null), "https://127.0.0.1:" + secure));
    assertGreeted(ask(access(true, null, null), "http://127.0.0.1:" + plain));
    assertGreeted(ask(access(false, null, null), "http://127.0.0.1:" + plain));

    // Then
    assertThat(versions)
        .containsExactly(HttpVersion.HTTP_2, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
  }

  @Test
  void aServerThatDoesNotAgreeToHttp2IsUnusable() throws Exception {
    // Given
    int secure = serve(tls().setUseAlpn(false), ConnectionsTest::greet);
    HandMadeServer.Manner old =
        connection -> {
          HandMadeServer.readRequest(connection.getInputStream());
          HandMadeServer.answer(connection.getOutputStream(), "400 Bad Request", "");
        };

    // When, Then
    assertThat(ask(access(true, trusting(SERVER), null), "https://127.0.0.1:" + secure))
        .isInstanceOf(Outcome.Unusable.class);
    try (HandMadeServer server = new HandMadeServer(old)) {
      assertThat(ask(access(true, null, null), server.url())).isInstanceOf(Outcome.Unusable.class);
    }
  }

  @Test
  void aConnectionOfHttp2IsNewForEachQuestionUnlessItIsToBeKept() throws Exception {
    for (Connections manner : Connections.values()) {
      // Given
      connections.set(0);
      int port = serve(new HttpServerOptions(), ConnectionsTest::greet);
      HttpTransport transport = transport(access(true, null, null), manner);

      // When
      for (int i = 0; i < 5; i++) {
        assertGreeted(ask(transport, "http://127.0.0.1:" + port));
      }

      // Then
      assertThat(connections.get())
          .isEqualTo(
              switch (manner) {
                case NEW -> 5;
                case KEPT -> 1;
              });
    }
  }

  @Test
  void aQuestionOverHttp2ThatIsAbandonedLeavesNoConnection() throws Exception {
    // Given
    CompletableFuture<Void> closed = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    int port =
        serve(
            new HttpServerOptions(),
            request -> {
              request.connection().closeHandler(gone -> closed.complete(null));
              asked.complete(null);
            });
    HttpTransport transport = transport(access(true, null, null), Connections.NEW);
    AtomicReference<Transport.Call> call = new AtomicReference<>();
    loop.runOnContext(
        now ->
            call.set(
                transport.send(
                    Question.get(URI.create("http://127.0.0.1:" + port)), PATIENCE, any -> {})));
    asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    // When
    loop.runOnContext(now -> call.get().abandon());

    // Then
    closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** A frame of RFC 9113 on the first stream, or on none. */
  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }

  /** A header block of RFC 7541 that holds a status alone, as a literal. */
  private static byte[] status(String status) {
    return ("\b\3" + status).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void interimAnswersOverHttp2ArePassedOver() throws Exception {
    // Given
    int data = 0;
    int headers = 1;
    int settings = 4;
    int isWhole = 4;
    int isLast = 1;
    HandMadeServer.Manner informing =
        connection -> {
          DataInputStream in = new DataInputStream(connection.getInputStream());
          OutputStream out = connection.getOutputStream();
          in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
          out.write(frame(settings, 0, 0, new byte[0]));
          out.write(frame(settings, 1, 0, new byte[0]));
          int type;
          do {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            type = in.readUnsignedByte();
            in.readNBytes(5 + length);
          } while (type != headers);
          out.write(frame(headers, isWhole, 1, status("102")));
          out.write(frame(headers, isWhole, 1, status("103")));
          out.write(frame(headers, isWhole, 1, status("200")));
          out.write(frame(data, isLast, 1, "hello".getBytes(StandardCharsets.US_ASCII)));
          while (in.read() >= 0) {
            // Until the other side has had its answer.
          }
        };

    // When, Then
    try (HandMadeServer server = new HandMadeServer(informing)) {
      Outcome outcome = ask(access(true, null, null), server.url());
      assertGreeted(outcome);
      assertThat(((Outcome.Replied) outcome).reply().status()).isEqualTo(200);
    }
  }

  /** A forward proxy: connects where it is told to, and pipes. */
  private static HandMadeServer proxy(Queue<String> seen, String status) throws IOException {
    return new HandMadeServer(
        connection -> {
          StringBuilder head = new StringBuilder();
          while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) connection.getInputStream().read());
          }
          seen.add(head.toString());
          HandMadeServer.write(
              connection.getOutputStream(), "HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n");
          String[] first = head.toString().split(" ");
          if (!first[0].equals("CONNECT")) {
            HandMadeServer.write(connection.getOutputStream(), "hello");
          } else if (status.startsWith("200")) {
            int colon = first[1].lastIndexOf(':');
            pipe(
                connection,
                first[1].substring(0, colon),
                Integer.parseInt(first[1].substring(colon + 1)));
          }
        });
  }

  private static void pipe(Socket connection, String host, int port) throws Exception {
    try (Socket target = new Socket(host, port)) {
      Thread back = Thread.startVirtualThread(() -> copy(target, connection));
      copy(connection, target);
      back.join();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has gone: so will the other.
    }
  }

  private static Access.Proxy through(String url, boolean socks5, String user, String password) {
    return new Access.Proxy(socks5, "127.0.0.1", URI.create(url).getPort(), user, password);
  }

  @Test
  void aProxyIsAskedAndToldWhoAsks() throws Exception {
    // Given
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    int secure = serve(tls(), ConnectionsTest::greet);
    String basic =
        Base64.getEncoder().encodeToString("me:hunter2".getBytes(StandardCharsets.UTF_8));

    try (HandMadeServer proxy = proxy(seen, "200 OK")) {
      Access.Proxy through = through(proxy.url(), false, "me", "hunter2");

      // When
      assertGreeted(ask(access(false, null, through), "http://models.invalid:1/v2"));
      assertGreeted(
          ask(access(false, trusting(SERVER), through), "https://127.0.0.1:" + secure + "/v2"));
    }

    // Then
    assertThat(seen).hasSize(2).allMatch(head -> head.contains("Basic " + basic));
    assertThat(List.copyOf(seen).get(0)).startsWith("POST http://models.invalid:1/v2 ");
    assertThat(List.copyOf(seen).get(1)).startsWith("CONNECT 127.0.0.1:" + secure + " ");
  }

  @Test
  void aProxyThatRefusesIsNoConnection() throws Exception {
    // Given
    int secure = serve(tls(), ConnectionsTest::greet);

    // When, Then
    try (HandMadeServer proxy =
        proxy(new ConcurrentLinkedQueue<>(), "407 Proxy Authentication Required")) {
      assertThat(
              ask(
                  access(false, trusting(SERVER), through(proxy.url(), false, "", "")),
                  "https://127.0.0.1:" + secure))
          .isInstanceOf(Outcome.Broken.class);
    }
  }

  @Test
  void aSocksProxyIsAskedToo() throws Exception {
    // Given
    int port = serve(new HttpServerOptions(), ConnectionsTest::greet);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    HandMadeServer.Manner socks =
        connection -> {
          DataInputStream in = new DataInputStream(connection.getInputStream());
          OutputStream out = connection.getOutputStream();
          in.readByte();
          in.readNBytes(in.readUnsignedByte());
          out.write(new byte[] {5, 2});
          in.readByte();
          String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
          String password =
              new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
          seen.add(user + "/" + password);
          out.write(new byte[] {1, 0});
          in.readNBytes(3);
          int kind = in.readUnsignedByte();
          in.readNBytes(kind == 1 ? 4 : in.readUnsignedByte());
          int to = in.readUnsignedShort();
          out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
          pipe(connection, "127.0.0.1", to);
        };

    // When
    try (HandMadeServer proxy = new HandMadeServer(socks)) {
      assertGreeted(
          ask(
              access(false, null, through(proxy.url(), true, "me", "hunter2")),
              "http://127.0.0.1:" + port));
    }

    // Then
    assertThat(seen).containsExactly("me/hunter2");
  }

  @Test
  void headersAreSentAndTheirSecretsDoNotComeBack() throws Exception {
    // Given
    String secret = "s3cr3t/with=odd&\"chars\"";
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    int port =
        serve(
            new HttpServerOptions(),
            request -> {
              String sent = request.getHeader("authorization") + request.getHeader("x-tenant");
              seen.add(sent);
              var unused =
                  request
                      .response()
                      .setStatusCode(401)
                      .putHeader("x-echo", sent)
                      .end(
                          sent
                              + " "
                              + Base64.getEncoder()
                                  .encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                              + " s3cr3t\\/with=odd&\\\"chars\\\""
                              + " s3cr3t/with\\u003dodd\\u0026\\\"chars\\\""
                              + " s3cr3t%2Fwith%3Dodd%26%22chars%22");
            });
    Access access =
        new Access(
            false,
            Map.of("Authorization", "Bearer " + secret, "X-Tenant", "eu"),
            Optional.empty(),
            Optional.empty(),
            Redaction.of(List.of(secret)));

    // When
    Outcome outcome = ask(access, "http://127.0.0.1:" + port);

    // Then
    assertThat(seen).containsExactly("Bearer " + secret + "eu");
    var reply = ((Outcome.Replied) outcome).reply();
    String body = new String(reply.body(), StandardCharsets.UTF_8);
    assertThat(body).startsWith("Bearer ***").contains("eu ").doesNotContain("cr3t", "chars");
    assertThat(reply.header().apply("X-Echo")).startsWith("Bearer ***").endsWith("*eu");
    assertThat(access.toString()).doesNotContain("s3cr3t");
  }
}
