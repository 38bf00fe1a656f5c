package dev.greenstick.model;

import dev.greenstick.model.crescents.Crescents;
import dev.greenstick.model.inference.Answers;
import dev.greenstick.model.inference.InferRequest;
import dev.greenstick.model.inference.Refusal;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One replica of the served model: trains it, serves it over the Open Inference Protocol v2, and
 * stops without dropping an answer.
 *
 * <p>The server listens before the model is trained, and is ready once it is. All requests are
 * handled on one event loop; the methods of this class may be called from any thread but that one.
 */
public final class ModelServer implements AutoCloseable {
  /**
   * The options that a launcher starts this class's JVM with: half a second to the first answer,
   * under 100 MB.
   */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx64m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final System.Logger LOG = System.getLogger(ModelServer.class.getName());
  private static final long LARGEST_BODY_BYTES = 1 << 20;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final String WARM_UP =
      "{\"inputs\":[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0,0]}]}";
  private static final int COULD_NOT_RUN = 3;

  private final Settings settings;
  private final Vertx vertx;
  private final Promise<Void> drained = Promise.promise();
  private final HttpServer server;

  // Written by the main thread, read by the event loop.
  private volatile Crescents model;
  private volatile boolean ready;
  private volatile boolean stopping;

  // Touched by the event loop only.
  private int inFlight;
  private boolean closing;

  private ModelServer(Settings settings) throws IOException {
    this.settings = settings;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // A process that is killed would leave Vert.x's cache directory behind.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.server = listen();
  }

  /**
   * Starts a server and returns once the model answers.
   *
   * @throws IOException when it cannot listen, saying where and what to do
   */
  public static ModelServer start(Settings settings) throws IOException {
    var started = new ModelServer(settings);
    started.model = Crescents.train();
    started.warmUp();
    started.ready = true;
    return started;
  }

  // A replica's first caller would otherwise wait 80 ms for the loading of classes.
  private void warmUp() throws IOException {
    var asked =
        (HttpURLConnection)
            URI.create(url() + "/v2/models/" + settings.model() + "/infer")
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    asked.setDoOutput(true);
    asked.getOutputStream().write(WARM_UP.getBytes(StandardCharsets.UTF_8));
    int status = asked.getResponseCode();
    asked.disconnect();
    if (status != 200) {
      throw new IOException("The model answers its first request with status " + status);
    }
  }

  /**
   * Runs until the process is told to stop; the line on standard output says where the model
   * answers.
   */
  public static void main(String[] arguments) {
    try {
      var settings = Settings.parse(arguments, System.getenv());
      if (settings.exitWithParent()) {
        exitWhenStandardInputEnds();
      }
      var server = start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
      System.out.println(
          new JsonObject().put("url", server.url()).put("model", settings.model()).encode());
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(COULD_NOT_RUN);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** The base URL, without a slash at its end. */
  public String url() {
    return "http://" + settings.host() + ":" + port();
  }

  /**
   * Says that it is not ready, answers what is in flight or still comes during the drain, and
   * stops. Bounded.
   */
  @Override
  public void close() {
    stopping = true;
    vertx.setTimer(Math.max(1, settings.drain().toMillis()), timer -> closeWhenIdle());
    var stopped =
        drained
            .future()
            .compose(idle -> server.close())
            .compose(closed -> vertx.close())
            .toCompletionStage()
            .toCompletableFuture();
    try {
      stopped.get(settings.drain().plus(LONGEST_STOP).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "Stopped with " + inFlight + " requests unanswered", e);
    }
  }

  private void closeWhenIdle() {
    closing = true;
    if (inFlight == 0) {
      drained.tryComplete();
    }
  }

  private HttpServer listen() throws IOException {
    var options = new HttpServerOptions().setHost(settings.host()).setPort(settings.port());
    var listening = vertx.createHttpServer(options).requestHandler(routes()).listen();
    try {
      return listening.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while starting to listen", e);
    } catch (ExecutionException e) {
      vertx.close();
      throw cannotListen(e.getCause());
    }
  }

  private IOException cannotListen(Throwable cause) {
    String where = settings.host() + ":" + settings.port();
    return cause instanceof BindException
        ? new IOException(
            "Cannot listen on "
                + where
                + ": the port is in use or the address is not of this host; "
                + "choose another with --port, 0 for any free one",
            cause)
        : new IOException("Cannot listen on " + where + ": " + cause.getMessage(), cause);
  }

  private Router routes() {
    var router = Router.router(vertx);
    router.route().handler(this::count);
    router.get("/v2").handler(asked -> answer(asked, 200, Answers.server()));
    router
        .get("/v2/health/live")
        .handler(asked -> answer(asked, 200, new JsonObject().put("live", true)));
    router.get("/v2/health/ready").handler(asked -> answerReady(asked, new JsonObject()));
    for (String path : new String[] {"/v2/models/:model", "/v2/models/:model/versions/:version"}) {
      router.route(path + "*").handler(this::onlyKnownModels);
      router.get(path).handler(asked -> answer(asked, 200, Answers.metadata(settings.model())));
      router
          .get(path + "/ready")
          .handler(asked -> answerReady(asked, new JsonObject().put("name", settings.model())));
      router.post(path + "/infer").handler(body()).handler(this::infer);
    }
    router.errorHandler(
        404, asked -> answer(asked, 404, Answers.error("Nothing at " + asked.request().path())));
    router.errorHandler(
        405,
        asked ->
            answer(
                asked,
                405,
                Answers.error(
                    asked.request().method() + " is not possible at " + asked.request().path())));
    router.errorHandler(
        413,
        asked ->
            answer(
                asked,
                413,
                Answers.error("The body is larger than " + LARGEST_BODY_BYTES + " bytes")));
    router.errorHandler(500, this::answerFailure);
    return router;
  }

  private static BodyHandler body() {
    return BodyHandler.create(false).setBodyLimit(LARGEST_BODY_BYTES);
  }

  private void count(RoutingContext asked) {
    inFlight++;
    asked.addEndHandler(
        ended -> {
          inFlight--;
          if (stopping) {
            asked.request().connection().close();
          }
          if (closing) {
            closeWhenIdle();
          }
        });
    asked.next();
  }

  private void onlyKnownModels(RoutingContext asked) {
    String name = asked.pathParam("model");
    String version = asked.pathParam("version");
    if (!settings.model().equals(name)) {
      answer(
          asked,
          404,
          Answers.error(
              "Unknown model \"" + name + "\": this server has \"" + settings.model() + "\""));
    } else if (version != null && !Answers.VERSION.equals(version)) {
      answer(
          asked,
          404,
          Answers.error(
              "Model \"" + name + "\" has no version " + version + ", only " + Answers.VERSION));
    } else {
      asked.next();
    }
  }

  private void infer(RoutingContext asked) {
    var trained = model;
    if (trained == null) {
      answer(
          asked, 503, Answers.error("Model \"" + settings.model() + "\" is still being trained"));
      return;
    }
    try {
      var request = InferRequest.read(asked.body().buffer());
      var answers = request.points().stream().map(trained::classify).toList();
      answer(asked, 200, Answers.inferred(settings.model(), request, answers));
    } catch (Refusal refusal) {
      answer(asked, refusal.status(), Answers.error(refusal.getMessage()));
    }
  }

  private void answerReady(RoutingContext asked, JsonObject body) {
    boolean isReady = ready && !stopping;
    answer(asked, isReady ? 200 : 503, body.put("ready", isReady));
  }

  private void answerFailure(RoutingContext asked) {
    LOG.log(System.Logger.Level.ERROR, "Failed at " + asked.request().path(), asked.failure());
    answer(asked, 500, Answers.error("The server failed, its log says why"));
  }

  private static void answer(RoutingContext asked, int status, JsonObject body) {
    asked
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  private static void exitWhenStandardInputEnds() {
    Thread.ofPlatform()
        .daemon()
        .name("parent")
        .start(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Standard input cannot be read", e);
              }
              System.exit(0);
            });
  }
}
