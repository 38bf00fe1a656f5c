package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is asked for predictions, how, and how often.
 *
 * @param name unique within the experiment
 * @param protocol the serving protocol
 * @param url base URL of the model server, without a protocol's own path
 * @param model the model's name on the server; null where the protocol has none
 * @param version the model's version; null for the server's default
 * @param rate predictions a second, sent at intended instants whether earlier ones were answered or
 *     not; with {@code arrivals} their rate on average, at the beginning or at most
 * @param timeout after how long, counted from the intended instant, a prediction counts as timed
 *     out
 * @param requests what is asked, in turn; at least one, unless a file has them
 * @param arrivals when predictions are intended; null for evenly spaced ones
 * @param requestsFrom a file of requests, which follow the others; null for none
 * @param expected where what is right is known from; null for {@link Expected#GIVEN}
 * @param compare how outputs are held against what is right, by output name, with {@code *} for all
 *     others and for predictions whose outputs have no names
 * @param options what the protocol leaves open; null for its own ways
 * @param connection how the server is reached; null for plain HTTP/1.1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Probe(
    ProbeName name,
    ServingProtocol protocol,
    URI url,
    @MayBeMissing String model,
    @MayBeMissing String version,
    double rate,
    Duration timeout,
    List<PredictionRequest> requests,
    @MayBeMissing Arrivals arrivals,
    @MayBeMissing RequestsFrom requestsFrom,
    @MayBeMissing Expected expected,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Tolerance> compare,
    @MayBeMissing ProtocolOptions options,
    @MayBeMissing Connecting connection) {

  public Probe {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(timeout, "timeout");
    requests = List.copyOf(requests);
    compare = compare == null ? Map.of() : Map.copyOf(compare);
  }

  /** A probe that asks evenly spaced requests and compares as {@link Tolerance} does by default. */
  public Probe(
      ProbeName name,
      ServingProtocol protocol,
      URI url,
      String model,
      String version,
      double rate,
      Duration timeout,
      List<PredictionRequest> requests) {
    this(
        name, protocol, url, model, version, rate, timeout, requests, null, null, null, Map.of(),
        null, null);
  }

  /** A probe in its protocol's own ways over plain HTTP/1.1. */
  public Probe(
      ProbeName name,
      ServingProtocol protocol,
      URI url,
      String model,
      String version,
      double rate,
      Duration timeout,
      List<PredictionRequest> requests,
      Arrivals arrivals,
      RequestsFrom requestsFrom,
      Expected expected,
      Map<String, Tolerance> compare) {
    this(
        name,
        protocol,
        url,
        model,
        version,
        rate,
        timeout,
        requests,
        arrivals,
        requestsFrom,
        expected,
        compare,
        null,
        null);
  }

  /** The same probe with all that is asked in one list, and with what it comes to. */
  public Probe with(List<PredictionRequest> all, double highestRate, Arrivals resolved) {
    return new Probe(
        name,
        protocol,
        url,
        model,
        version,
        highestRate,
        timeout,
        all,
        resolved,
        null,
        expected,
        compare,
        options,
        connection);
  }
}
