package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.oip.InferTensorContents;
import dev.greenstick.probe.predict.oip.ModelInferRequest;
import dev.greenstick.probe.predict.oip.ModelInferRequest.InferInputTensor;
import dev.greenstick.probe.predict.oip.ModelInferResponse;
import dev.greenstick.probe.predict.oip.ModelInferResponse.InferOutputTensor;
import dev.greenstick.probe.predict.oip.ModelReadyRequest;
import dev.greenstick.probe.predict.oip.ModelReadyResponse;
import dev.greenstick.probe.predict.oip.ServerReadyRequest;
import dev.greenstick.probe.predict.oip.ServerReadyResponse;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The <a
 * href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_grpc.md">Open
 * Inference Protocol v2 over gRPC</a>, {@code inference.GRPCInferenceService}, as Triton and KServe
 * are mostly called. Tensors are sent raw, which every datatype can be, and read in either form. An
 * answer must carry the id of its question.
 */
final class OpenInferenceV2Grpc implements Protocol {

  private static final String SERVICE = "/inference.GRPCInferenceService/";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Override
  public List<Problem> problems(Probe probe) {
    return InferenceRequests.problems(probe, true);
  }

  @Override
  public boolean needsHttp2() {
    return true;
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Talk(probe, idPrefix);
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    ModelReadyRequest model =
        ModelReadyRequest.newBuilder()
            .setName(probe.model())
            .setVersion(probe.version() == null ? "" : probe.version())
            .build();
    return List.of(
        new ReadyCheck(
            "server",
            question(probe, "ServerReady", ServerReadyRequest.getDefaultInstance()),
            reply -> isReady(reply, message -> ServerReadyResponse.parseFrom(message).getReady())),
        new ReadyCheck(
            "model " + probe.model(),
            question(probe, "ModelReady", model),
            reply -> isReady(reply, message -> ModelReadyResponse.parseFrom(message).getReady())));
  }

  private interface Reading<T> {

    T of(ByteString message) throws InvalidProtocolBufferException, Malformation;
  }

  private static boolean isReady(Reply reply, Reading<Boolean> ready) {
    try {
      return GrpcCalls.byStatus(reply).isEmpty() && ready.of(GrpcCalls.message(reply));
    } catch (InvalidProtocolBufferException | Malformation e) {
      return false;
    }
  }

  private static Question question(Probe probe, String method, MessageLite message) {
    return GrpcCalls.question(
        Addressing.url(probe, SERVICE + method), probe.timeout(), message.toByteString());
  }

  private static final class Talk implements Conversation {

    private final Probe probe;
    private final URI url;
    private final String idPrefix;
    private final List<ModelInferRequest> requests = new ArrayList<>();

    Talk(Probe probe, String idPrefix) {
      this.probe = probe;
      this.url = Addressing.url(probe, SERVICE + "ModelInfer");
      this.idPrefix = idPrefix;
      probe.requests().forEach(request -> requests.add(request(request.inputs())));
    }

    private ModelInferRequest request(JsonNode inputs) {
      ModelInferRequest.Builder request =
          ModelInferRequest.newBuilder()
              .setModelName(probe.model())
              .setModelVersion(probe.version() == null ? "" : probe.version());
      for (JsonNode input : inputs) {
        InferInputTensor.Builder tensor =
            InferInputTensor.newBuilder()
                .setName(input.get("name").textValue())
                .setDatatype(input.get("datatype").textValue());
        input.get("shape").forEach(dimension -> tensor.addShape(dimension.longValue()));
        request
            .addInputs(tensor)
            .addRawInputContents(ByteString.copyFrom(InferenceRequests.bytes(input)));
      }
      return request.build();
    }

    @Override
    public Question ask(long index) {
      return GrpcCalls.question(
          url,
          probe.timeout(),
          requests.get(turn(index)).toBuilder().setId(id(index)).build().toByteString());
    }

    private String id(long index) {
      return idPrefix + index;
    }

    private int turn(long index) {
      return (int) (index % requests.size());
    }

    @Override
    public Answer read(long index, Reply reply) {
      Optional<Answer> byStatus = GrpcCalls.byStatus(reply);
      if (byStatus.isPresent()) {
        return byStatus.get();
      }
      try {
        ModelInferResponse response = ModelInferResponse.parseFrom(GrpcCalls.message(reply));
        if (!response.getId().equals(id(index))) {
          throw new Malformation(
              "the id is not " + id(index) + " but " + Seen.line(response.getId()));
        }
        return outputs(response).answer();
      } catch (InvalidProtocolBufferException e) {
        return new Answer.Malformed(Seen.line("no ModelInferResponse: " + e.getMessage()));
      } catch (Malformation malformation) {
        return new Answer.Malformed(Seen.line(malformation.getMessage()));
      }
    }

    private static InferenceOutputs outputs(ModelInferResponse response) throws Malformation {
      int raw = response.getRawOutputContentsCount();
      if (raw > 0 && raw != response.getOutputsCount()) {
        throw new Malformation(
            "%d raw contents for %d outputs".formatted(raw, response.getOutputsCount()));
      }
      InferenceOutputs outputs = new InferenceOutputs();
      for (int i = 0; i < response.getOutputsCount(); i++) {
        InferOutputTensor output = response.getOutputs(i);
        ArrayNode elements =
            raw > 0
                ? TensorBytes.read(
                    output.getDatatype(), response.getRawOutputContents(i).asReadOnlyByteBuffer())
                : elements(output.getDatatype(), output.getContents());
        outputs.add(output.getName(), output.getDatatype(), output.getShapeList(), elements);
      }
      return outputs;
    }

    private static ArrayNode elements(String datatype, InferTensorContents contents)
        throws Malformation {
      ArrayNode elements = NODES.arrayNode();
      switch (datatype) {
        case "BOOL" -> contents.getBoolContentsList().forEach(elements::add);
        case "INT8", "INT16", "INT32" -> contents.getIntContentsList().forEach(elements::add);
        case "INT64" -> contents.getInt64ContentsList().forEach(elements::add);
        case "UINT8", "UINT16", "UINT32" ->
            contents
                .getUintContentsList()
                .forEach(each -> elements.add(Integer.toUnsignedLong(each)));
        case "UINT64" ->
            contents
                .getUint64ContentsList()
                .forEach(each -> elements.add(new BigInteger(Long.toUnsignedString(each))));
        case "FP32" ->
            contents.getFp32ContentsList().forEach(each -> elements.add(each.doubleValue()));
        case "FP64" -> contents.getFp64ContentsList().forEach(elements::add);
        case "BYTES" ->
            contents.getBytesContentsList().forEach(each -> elements.add(each.toStringUtf8()));
        default -> throw new Malformation(Seen.line(datatype) + " cannot have typed contents");
      }
      return elements;
    }

    @Override
    public JsonNode form(JsonNode expect) {
      return InferenceOutputs.form(expect);
    }
  }
}
