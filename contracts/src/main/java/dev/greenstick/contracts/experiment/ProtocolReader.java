package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.experiment.ProtocolOptions.OpenAiApi;
import dev.greenstick.contracts.experiment.ProtocolOptions.Tensors;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what belongs to one serving protocol: model, version, options, and a request's body. */
final class ProtocolReader {

  private static final List<String> OPTIONS =
      List.of(
          "path", "method", "readiness", "prediction", "deployment", "api", "stream", "tensors");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private ProtocolReader() {}

  private static String name(ServingProtocol protocol) {
    return Json.mapper().convertValue(protocol, String.class);
  }

  /** The model's name, where the protocol has one. */
  static String model(ServingProtocol protocol, Cursor probe) {
    if (protocol == null) {
      return probe.field("model").text();
    }
    return switch (protocol) {
      case OPEN_INFERENCE_V2, OPEN_INFERENCE_V2_GRPC, KSERVE_V1, TF_SERVING, TORCHSERVE, OPENAI ->
          probe.required("model", "write the model's name on the server").text();
      case AZUREML, MLFLOW, SELDON_V1, BENTOML, HTTP -> unknown(protocol, probe.field("model"));
    };
  }

  /** The model's version, where the protocol has one. */
  static String version(ServingProtocol protocol, Cursor probe) {
    if (protocol == null) {
      return probe.field("version").text();
    }
    return switch (protocol) {
      case OPEN_INFERENCE_V2, OPEN_INFERENCE_V2_GRPC, TF_SERVING, TORCHSERVE ->
          probe.field("version").text();
      case KSERVE_V1, AZUREML, MLFLOW, SELDON_V1, BENTOML, OPENAI, HTTP ->
          unknown(protocol, probe.field("version"));
    };
  }

  private static String unknown(ServingProtocol protocol, Cursor at) {
    if (at.isPresent()) {
      at.problem("is not known to " + name(protocol) + "; leave it out");
    }
    return null;
  }

  private static List<String> known(ServingProtocol protocol) {
    return switch (protocol) {
      case OPEN_INFERENCE_V2 -> List.of("tensors");
      case OPEN_INFERENCE_V2_GRPC, KSERVE_V1, TF_SERVING -> List.of();
      case TORCHSERVE -> List.of("prediction");
      case AZUREML -> List.of("path", "deployment", "prediction", "readiness");
      case MLFLOW, SELDON_V1 -> List.of("readiness");
      case BENTOML -> List.of("path", "prediction", "readiness");
      case OPENAI -> List.of("api", "stream");
      case HTTP -> List.of("path", "method", "prediction", "readiness");
    };
  }

  /** The options at this place; null when there are none. */
  static ProtocolOptions options(ServingProtocol protocol, Cursor at) {
    if (protocol == ServingProtocol.BENTOML && !at.field("path").isPresent()) {
      at.field("path").problem("is missing; write the API's route, like /classify");
    }
    if (!at.isPresent() || protocol == null) {
      return null;
    }
    List<String> known = known(protocol);
    Map<String, String> hints = new LinkedHashMap<>();
    for (String other : OPTIONS) {
      if (!known.contains(other)) {
        hints.put(other, "is not known to " + name(protocol) + "; leave it out");
      }
    }
    if (!at.isObject(hints, known.toArray(String[]::new))) {
      return null;
    }
    return new ProtocolOptions(
        path(at.field("path")),
        method(at.field("method")),
        path(at.field("readiness")),
        prediction(at.field("prediction")),
        header(at.field("deployment")),
        at.field("api").oneOf(OpenAiApi.class),
        flag(at.field("stream")),
        at.field("tensors").oneOf(Tensors.class));
  }

  private static String path(Cursor at) {
    String path = at.text();
    if (path == null) {
      return null;
    }
    try {
      URI uri = new URI(path);
      if (path.startsWith("/") && uri.getRawAuthority() == null && uri.getRawFragment() == null) {
        return path;
      }
    } catch (URISyntaxException e) {
      // Said below, with the other reasons.
    }
    at.problem("must be a path like /score, behind the base URL" + at.described());
    return null;
  }

  private static String method(Cursor at) {
    String method = at.text();
    if (method != null && !METHODS.contains(method)) {
      at.problem(
          "is no method: "
              + Problems.quoted(method)
              + "; "
              + Nearest.hint(method, METHODS.stream().sorted().toArray(String[]::new)));
    }
    return method;
  }

  private static String prediction(Cursor at) {
    String path = at.text();
    if (path != null) {
      try {
        PredictionPath.of(path);
      } catch (IllegalArgumentException e) {
        at.problem(e.getMessage() + at.described());
      }
    }
    return path;
  }

  private static String header(Cursor at) {
    String value = at.text();
    if (value != null && !ConnectionReader.isHeaderValue(value)) {
      at.problem("must be printable ASCII, for it travels in a header" + at.described());
    }
    return value;
  }

  private static Boolean flag(Cursor at) {
    if (!at.isPresent()) {
      return null;
    }
    if (!at.node().isBoolean()) {
      at.problem("must be true or false" + at.described());
    }
    return at.node().booleanValue();
  }

  /** Checks a request's inputs and expectation for what its protocol can ask and compare. */
  static void request(ServingProtocol protocol, ProtocolOptions options, Cursor at) {
    Cursor inputs = at.field("inputs");
    switch (protocol) {
      case OPEN_INFERENCE_V2, OPEN_INFERENCE_V2_GRPC -> {
        inputs.someOf("write the tensors of a prediction", ProtocolReader::tensor);
        Cursor expect = at.field("expect");
        if (expect.isPresent() && !expect.node().isObject()) {
          expect.problem("must be an object from output name to its data" + expect.described());
        }
      }
      case KSERVE_V1, TF_SERVING -> body(at, "instances", "inputs");
      case TORCHSERVE, AZUREML, BENTOML -> at.required("inputs", "write the body of a prediction");
      case MLFLOW -> body(at, "dataframe_split", "dataframe_records", "instances", "inputs");
      case SELDON_V1 -> body(at, "data", "strData", "jsonData", "binData");
      case OPENAI -> openAi(options, at);
      case HTTP -> http(options, at);
    }
  }

  private static void openAi(ProtocolOptions options, Cursor at) {
    boolean completions = options != null && options.api() == OpenAiApi.COMPLETIONS;
    body(at, completions ? "prompt" : "messages");
    Cursor stream = at.field("inputs").field("stream");
    if (stream.isPresent()) {
      stream.problem("is set by options.stream; leave it out");
    }
  }

  private static void http(ProtocolOptions options, Cursor at) {
    boolean bodyless =
        options != null && options.method() != null && WITHOUT_BODY.contains(options.method());
    if (!bodyless) {
      at.required("inputs", "write the body of a prediction");
    } else if (at.field("inputs").isPresent()) {
      at.field("inputs").problem("cannot be sent with " + options.method() + "; leave it out");
    }
  }

  /** A body that is an object with exactly one of these. */
  private static void body(Cursor request, String... oneOf) {
    Cursor inputs = request.required("inputs", "write the body of a prediction");
    if (!inputs.isPresent()) {
      return;
    }
    long given = Arrays.stream(oneOf).filter(name -> inputs.field(name).isPresent()).count();
    if (!inputs.node().isObject() || given != 1) {
      inputs.problem("must be the whole body, an object with " + String.join(" or ", oneOf));
    } else if (inputs.field("instances").isPresent()) {
      inputs.field("instances").someOf("write one instance or more", Cursor::node);
    } else if (inputs.field("messages").isPresent()) {
      inputs.field("messages").someOf("write one message or more", Cursor::node);
    }
  }

  /** What the Open Inference Protocol wants of an input; the server checks the rest. */
  private static JsonNode tensor(Cursor at) {
    if (!at.node().isObject()) {
      at.problem("must be a tensor with name, shape, datatype and data" + at.described());
      return null;
    }
    at.required("name", "name the model's input").text();
    at.required("datatype", "write for example FP32").text();
    at.field("shape").someOf("write the size of each dimension", ProtocolReader::dimension);
    Cursor data = at.required("data", "write the tensor's values as a list");
    if (data.isPresent() && !data.node().isArray()) {
      data.problem("must be a list" + data.described());
    }
    return at.node();
  }

  private static Long dimension(Cursor at) {
    if (!at.node().isIntegralNumber() || at.node().longValue() < 0) {
      at.problem("must be a whole number, 0 or more" + at.described());
    }
    return at.node().longValue();
  }
}
