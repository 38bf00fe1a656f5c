package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Who is asked for predictions, how, and how often.
 *
 * @param name unique within the experiment
 * @param protocol the serving protocol
 * @param url base URL of the model server, without a protocol's own path
 * @param model the model's name on the server
 * @param version the model's version; null for the server's default
 * @param rate predictions a second, sent at intended instants whether earlier ones were answered or
 *     not
 * @param timeout after how long, counted from the intended instant, a prediction counts as timed
 *     out
 * @param requests what is asked, in turn; at least one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Probe(
    ProbeName name,
    ServingProtocol protocol,
    URI url,
    String model,
    @MayBeMissing String version,
    double rate,
    Duration timeout,
    List<PredictionRequest> requests) {

  public Probe {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timeout, "timeout");
    requests = List.copyOf(requests);
  }
}
