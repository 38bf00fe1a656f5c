package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.time.Duration;
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
        "compare",
        "options",
        "connection")) {
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
    String model = ProtocolReader.model(protocol, at);
    String version = ProtocolReader.version(protocol, at);
    ProtocolOptions options = ProtocolReader.options(protocol, at.field("options"));
    Connecting connection = ConnectionReader.connecting(protocol, url, at.field("connection"));
    Arrivals arrivals = ArrivalsReader.arrivals(at.field("arrivals"));
    double rate = rate(at.field("rate"), arrivals);
    Duration timeout =
        at.field("timeout").duration(SHORTEST_TIMEOUT, LONGEST_TIMEOUT, DEFAULT_TIMEOUT);
    RequestsFrom from = RightAnswersReader.from(at.field("requestsFrom"));
    List<PredictionRequest> requests =
        at.field("requestsFrom").isPresent()
            ? at.field("requests").list(each -> request(protocol, options, each))
            : at.field("requests")
                .someOf(
                    "write inputs, and what is expected for them",
                    each -> request(protocol, options, each));
    Expected expected = at.field("expected").oneOf(Expected.class);
    Map<String, Tolerance> compare = RightAnswersReader.compare(at.field("compare"));
    RightAnswersReader.patterns(at.field("requests"), compare);
    return at.problems() > before
        ? null
        : new Probe(
            name,
            protocol,
            url,
            model,
            version,
            rate,
            timeout,
            requests,
            arrivals,
            from,
            expected,
            compare,
            options,
            connection);
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

  private static PredictionRequest request(
      ServingProtocol protocol, ProtocolOptions options, Cursor at) {
    if (!at.isObject("inputs", "expect")) {
      return null;
    }
    int before = at.problems();
    Cursor inputs = at.field("inputs");
    Cursor expect = at.field("expect");
    // A protocol that is not known is reported already; its inputs cannot be judged.
    if (protocol != null) {
      ProtocolReader.request(protocol, options, at);
    }
    finite(inputs);
    finite(expect);
    return at.problems() > before
        ? null
        : new PredictionRequest(
            inputs.isPresent() ? inputs.node() : NullNode.getInstance(),
            expect.isPresent() ? expect.node() : null);
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
