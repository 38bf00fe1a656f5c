package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads who is asked for predictions, how, and how often. */
final class ProbeReader {

  static final double DEFAULT_RATE = 50;
  static final double HIGHEST_RATE = 10_000;
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
  static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
  private static final ProbeName DEFAULT_NAME = new ProbeName("predictions");

  private ProbeReader() {}

  /** The probe at this place; null when it has a problem. */
  static Probe probe(Cursor at) {
    if (!at.isObject(
        "name",
        "protocol",
        "url",
        "model",
        "version",
        "rate",
        "arrivals",
        "timeout",
        "requests",
        "requestsFrom",
        "expected",
        "compare")) {
      return null;
    }
    int before = at.problems();
    ProbeName name =
        at.field("name").isPresent() ? at.field("name").name(ProbeName::new) : DEFAULT_NAME;
    ServingProtocol protocol =
        at.field("protocol").isPresent()
            ? at.field("protocol").oneOf(ServingProtocol.class)
            : ServingProtocol.OPEN_INFERENCE_V2;
    URI url = Urls.base(at.required("url", "write the model server's base URL"));
    String model = at.required("model", "write the model's name on the server").text();
    String version = at.field("version").text();
    Arrivals arrivals = ArrivalsReader.arrivals(at.field("arrivals"));
    double rate = rate(at.field("rate"), arrivals);
    Duration timeout =
        at.field("timeout").duration(SHORTEST_TIMEOUT, LONGEST_TIMEOUT, DEFAULT_TIMEOUT);
    RequestsFrom from = RightAnswersReader.from(at.field("requestsFrom"));
    List<PredictionRequest> requests =
        at.field("requestsFrom").isPresent()
            ? at.field("requests").list(each -> request(protocol, each))
            : at.field("requests")
                .someOf(
                    "write inputs, and what is expected for them", each -> request(protocol, each));
    Expected expected = at.field("expected").oneOf(Expected.class);
    Map<String, Tolerance> compare = RightAnswersReader.compare(at.field("compare"));
    RightAnswersReader.patterns(at.field("requests"), compare);
    if (protocol == ServingProtocol.KSERVE_V1 && version != null) {
      at.field("version").problem("is not known to kserve-v1; leave it out");
    }
    return at.problems() > before
        ? null
        : new Probe(
            name, protocol, url, model, version, rate, timeout, requests, arrivals, from, expected,
            compare);
  }

  private static double rate(Cursor at, Arrivals arrivals) {
    double rate = rate(at);
    double highest = ArrivalsReader.highest(arrivals, rate);
    if (at.isPresent() && highest != rate) {
      at.problem("is said by the arrivals already, " + highest + " at most; leave it out");
    }
    return highest;
  }

  /** A rate; the default where it is absent. */
  static double rate(Cursor at) {
    if (!at.isPresent()) {
      return DEFAULT_RATE;
    }
    double rate = at.node().isNumber() ? at.node().doubleValue() : Double.NaN;
    if (!(rate > 0 && rate <= HIGHEST_RATE)) {
      at.problem(
          "must be a number of predictions a second, more than 0 and at most 10000"
              + at.described());
    }
    return rate;
  }

  private static PredictionRequest request(ServingProtocol protocol, Cursor at) {
    if (!at.isObject("inputs", "expect")) {
      return null;
    }
    int before = at.problems();
    Cursor inputs = at.field("inputs");
    Cursor expect = at.field("expect");
    // A protocol that is not known is reported already; its inputs cannot be judged.
    if (protocol != null) {
      switch (protocol) {
        case OPEN_INFERENCE_V2 -> {
          inputs.someOf("write the tensors of a prediction", ProbeReader::tensor);
          if (expect.isPresent() && !expect.node().isObject()) {
            expect.problem("must be an object from output name to its data" + expect.described());
          }
        }
        case KSERVE_V1 -> body(at, "instances");
        case TF_SERVING -> body(at, "instances", "inputs");
        case TORCHSERVE -> at.required("inputs", "write the body of a prediction");
      }
    }
    finite(inputs);
    finite(expect);
    return at.problems() > before
        ? null
        : new PredictionRequest(inputs.node(), expect.isPresent() ? expect.node() : null);
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
    at.field("shape").someOf("write the size of each dimension", ProbeReader::dimension);
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

  /** A number too large for a double would travel as infinity, which JSON does not have. */
  private static void finite(Cursor at) {
    if (at.node().isFloatingPointNumber() && !Double.isFinite(at.node().doubleValue())) {
      at.problem("must be a number that fits 64 bits" + at.described());
    } else if (at.node().isArray()) {
      at.elements().forEach(ProbeReader::finite);
    } else {
      at.node().fieldNames().forEachRemaining(name -> finite(at.field(name)));
    }
  }
}
