package dev.greenstick.probe.predict.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.Redaction;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import dev.greenstick.probe.predict.http.Readiness;
import dev.greenstick.probe.predict.oip.InferTensorContents;
import dev.greenstick.probe.predict.oip.ModelInferRequest;
import dev.greenstick.probe.predict.oip.ModelInferResponse;
import dev.greenstick.probe.predict.oip.ModelInferResponse.InferOutputTensor;
import dev.greenstick.probe.predict.oip.ModelReadyRequest;
import dev.greenstick.probe.predict.oip.ModelReadyResponse;
import dev.greenstick.probe.predict.oip.ServerReadyRequest;
import dev.greenstick.probe.predict.oip.ServerReadyResponse;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol over gRPC against gRPC's own server for Java, which knows nothing of how the probe
 * writes frames: the demands of {@link ServingConformance}, and what is particular to gRPC.
 */
class GrpcServingTest {

  private static final String SERVICE = "inference.GRPCInferenceService";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String INPUTS =
      "[{\"name\":\"input0\",\"shape\":[2,2],\"datatype\":\"UINT32\",\"data\":[1,2,3,4]},"
          + "{\"name\":\"input1\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]";

  /** What a server does with a question. */
  private interface Manner {

    void answer(ModelInferRequest question, StreamObserver<ModelInferResponse> to);
  }

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final Queue<ModelInferRequest> asked = new ConcurrentLinkedQueue<>();
  private final Queue<ModelReadyRequest> askedReady = new ConcurrentLinkedQueue<>();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    servers.forEach(Server::shutdownNow);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private record Messages<T extends MessageLite>(Parser<T> parser) implements Marshaller<T> {

    @Override
    public InputStream stream(T value) {
      return value.toByteString().newInput();
    }

    @Override
    public T parse(InputStream stream) {
      try {
        return parser.parseFrom(stream);
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> method(
      String name, Parser<Q> question, Parser<A> answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(SERVICE + "/" + name)
        .setRequestMarshaller(new Messages<>(question))
        .setResponseMarshaller(new Messages<>(answer))
        .build();
  }

  private int serve(Manner manner, boolean serverReady, boolean modelReady) throws IOException {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                method("ModelInfer", ModelInferRequest.parser(), ModelInferResponse.parser()),
                ServerCalls.asyncUnaryCall(
                    (question, to) -> {
                      asked.add(question);
                      manner.answer(question, to);
                    }))
            .addMethod(
                method("ServerReady", ServerReadyRequest.parser(), ServerReadyResponse.parser()),
                ServerCalls.asyncUnaryCall(
                    (question, to) ->
                        whole(to, ServerReadyResponse.newBuilder().setReady(serverReady).build())))
            .addMethod(
                method("ModelReady", ModelReadyRequest.parser(), ModelReadyResponse.parser()),
                ServerCalls.asyncUnaryCall(
                    (question, to) -> {
                      askedReady.add(question);
                      whole(to, ModelReadyResponse.newBuilder().setReady(modelReady).build());
                    }))
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(service)
            .build()
            .start();
    servers.add(server);
    return server.getPort();
  }

  private static <T> void whole(StreamObserver<T> to, T answer) {
    to.onNext(answer);
    to.onCompleted();
  }

  private static Probe probe(int port) {
    return new Probe(
        new ProbeName("p"),
        ServingProtocol.OPEN_INFERENCE_V2_GRPC,
        URI.create("http://127.0.0.1:" + port),
        "mymodel",
        "2",
        1,
        Duration.ofSeconds(10),
        List.of(
            new PredictionRequest(
                Dialect.json(INPUTS), Dialect.json("{\"output0\":[1.0,1.1],\"label\":[\"O\"]}"))));
  }

  private static ModelInferResponse.Builder typed(ModelInferRequest question, float second) {
    return ModelInferResponse.newBuilder()
        .setModelName(question.getModelName())
        .setId(question.getId())
        .addOutputs(
            InferOutputTensor.newBuilder()
                .setName("output0")
                .setDatatype("FP32")
                .addShape(2)
                .setContents(
                    InferTensorContents.newBuilder().addFp32Contents(1).addFp32Contents(second)))
        .addOutputs(
            InferOutputTensor.newBuilder()
                .setName("label")
                .setDatatype("BYTES")
                .addShape(1)
                .setContents(
                    InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFromUtf8("O"))));
  }

  /** As Triton answers. */
  private static ModelInferResponse.Builder raw(ModelInferRequest question, float second) {
    ModelInferResponse.Builder answer = typed(question, second);
    answer.getOutputsBuilder(0).clearContents();
    answer.getOutputsBuilder(1).clearContents();
    return answer
        .addRawOutputContents(
            ByteString.copyFrom(
                ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1)
                    .putFloat(second)
                    .flip()))
        .addRawOutputContents(ByteString.copyFrom(new byte[] {1, 0, 0, 0, 'O'}));
  }

  private HttpTransport transport() {
    return new HttpTransport(
        vertx,
        loop,
        System::nanoTime,
        Connections.NEW,
        10,
        1 << 16,
        new Access(
            true,
            Map.of("authorization", "Bearer hunter2"),
            Optional.empty(),
            Optional.empty(),
            Redaction.of(List.of("hunter2"))));
  }

  private Outcome outcome(Protocol protocol, Probe probe) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Conversation conversation = protocol.with(probe, "run-");
    loop.runOnContext(
        now -> {
          var unused = transport().send(conversation.ask(0), PATIENCE, outcome::complete);
        });
    return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void demand(Protocol protocol, Class<? extends Answer> kind, Manner manner)
      throws Exception {
    asked.clear();
    Probe probe = probe(serve(manner, true, true));
    assertThat(protocol.problems(probe)).isEmpty();
    Outcome outcome = outcome(protocol, probe);
    assertAsked();
    Conversation conversation = protocol.with(probe, "run-");
    Answer answer =
        new RightAnswers(probe, conversation::form, 0)
            .judged(0, conversation.read(0, ((Outcome.Replied) outcome).reply()), 0);
    assertThat(answer).as(answer.detail()).isInstanceOf(kind);
    assertThat(answer.detail()).doesNotContain("hunter2");
  }

  private void assertAsked() {
    assertThat(asked).hasSize(1);
    ModelInferRequest question = asked.peek();
    assertThat(question.getModelName()).isEqualTo("mymodel");
    assertThat(question.getModelVersion()).isEqualTo("2");
    assertThat(question.getId()).isEqualTo("run-0");
    assertThat(question.getInputs(0).getName()).isEqualTo("input0");
    assertThat(question.getInputs(0).getDatatype()).isEqualTo("UINT32");
    assertThat(question.getInputs(0).getShapeList()).containsExactly(2L, 2L);
    assertThat(question.getInputs(0).hasContents()).isFalse();
    assertThat(question.getRawInputContentsList())
        .containsExactly(
            ByteString.copyFrom(new byte[] {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0}),
            ByteString.copyFrom(new byte[] {1, 0, 0, 0, 'a'}));
  }

  private void check(ServingConformance.Demand demand, Protocol protocol) throws Exception {
    switch (demand) {
      case RIGHT -> {
        demand(protocol, Answer.Ok.class, (asked, to) -> whole(to, typed(asked, 1.1f).build()));
        demand(protocol, Answer.Ok.class, (asked, to) -> whole(to, raw(asked, 1.1f).build()));
      }
      case WRONG -> {
        demand(protocol, Answer.Wrong.class, (asked, to) -> whole(to, typed(asked, 2).build()));
        demand(
            protocol, Answer.Wrong.class, (asked, to) -> whole(to, raw(asked, Float.NaN).build()));
        demand(
            protocol,
            Answer.Wrong.class,
            (asked, to) -> whole(to, typed(asked, 1.1f).removeOutputs(1).build()));
      }
      case MALFORMED -> {
        demand(
            protocol,
            Answer.Malformed.class,
            (asked, to) -> whole(to, typed(asked, 1.1f).setId("another").build()));
        demand(
            protocol,
            Answer.Malformed.class,
            (asked, to) -> whole(to, typed(asked, 1.1f).clearOutputs().build()));
        demand(
            protocol,
            Answer.Malformed.class,
            (asked, to) ->
                whole(to, raw(asked, 1.1f).addRawOutputContents(ByteString.EMPTY).build()));
      }
      case SERVER_ERROR -> {
        for (Status status : List.of(Status.UNAVAILABLE, Status.INTERNAL, Status.UNKNOWN)) {
          demand(protocol, Answer.ServerError.class, (asked, to) -> refuse(to, status));
        }
      }
      case CLIENT_ERROR -> {
        for (Status status :
            List.of(Status.NOT_FOUND, Status.UNAUTHENTICATED, Status.RESOURCE_EXHAUSTED)) {
          demand(protocol, Answer.ClientError.class, (asked, to) -> refuse(to, status));
        }
      }
      case REFUSED -> {
        Probe probe = probe(serve((asked, to) -> servers.get(0).shutdownNow(), true, true));
        Outcome outcome = outcome(protocol, probe);
        assertAsked();
        boolean broken = outcome instanceof Outcome.Broken;
        // A server that ends may still say that the call is cancelled.
        assertThat(broken || outcome instanceof Outcome.Replied).isTrue();
      }
      case TIMED_OUT -> {
        demand(
            protocol, Answer.TimedOut.class, (asked, to) -> refuse(to, Status.DEADLINE_EXCEEDED));
        abandon(protocol);
      }
      case READY -> assertThat(ready(protocol, true, true).ready()).isTrue();
      case NOT_READY -> {
        assertThat(ready(protocol, true, false).ready()).isFalse();
        assertThat(ready(protocol, false, true).ready()).isFalse();
      }
    }
  }

  private static void refuse(StreamObserver<ModelInferResponse> to, Status status) {
    to.onError(status.withDescription("not with hunter2").asRuntimeException());
  }

  private void abandon(Protocol protocol) throws Exception {
    asked.clear();
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    Probe probe =
        probe(
            serve(
                (asked, to) ->
                    io.grpc.Context.current()
                        .addListener(context -> cancelled.complete(null), Runnable::run),
                true,
                true));
    AtomicReference<Transport.Call> call = new AtomicReference<>();
    loop.runOnContext(
        now ->
            call.set(transport().send(protocol.with(probe, "run-").ask(0), PATIENCE, any -> {})));
    Awaitility.await().atMost(PATIENCE).until(() -> !asked.isEmpty());
    loop.runOnContext(now -> call.get().abandon());
    cancelled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Readiness.Said ready(Protocol protocol, boolean server, boolean model) throws Exception {
    askedReady.clear();
    Probe probe = probe(serve((asked, to) -> {}, server, model));
    Readiness.Said said =
        new Readiness(vertx, loop, transport())
            .ask(probe, protocol.readiness(probe))
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(askedReady)
        .containsExactly(ModelReadyRequest.newBuilder().setName("mymodel").setVersion("2").build());
    return said;
  }

  @ParameterizedTest
  @EnumSource
  void theProtocolKeepsWhatItOwes(ServingConformance.Demand demand) throws Exception {
    check(demand, Protocol.of(ServingProtocol.OPEN_INFERENCE_V2_GRPC));
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDoesNothingMeetsNoDemand(ServingConformance.Demand demand) {
    assertThatThrownBy(() -> check(demand, new DoNothing())).isInstanceOf(Throwable.class);
  }

  @Test
  void aServerThatIsNoneOfGrpcIsMalformedAndAnHttpErrorIsWhatItIs() throws Exception {
    // Given
    Map<Integer, Class<? extends Answer>> kinds =
        Map.of(200, Answer.Malformed.class, 503, Answer.ServerError.class);
    Protocol protocol = Protocol.of(ServingProtocol.OPEN_INFERENCE_V2_GRPC);

    for (Map.Entry<Integer, Class<? extends Answer>> kind : kinds.entrySet()) {
      int port =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> request.response().setStatusCode(kind.getKey()).end("<html>"))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .actualPort();

      // When
      Outcome outcome = outcome(protocol, probe(port));
      Answer answer =
          protocol.with(probe(port), "run-").read(0, ((Outcome.Replied) outcome).reply());

      // Then
      assertThat(answer).isInstanceOf(kind.getValue());
    }
  }
}
