package dev.greenstick.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.hypothesis.Bounds;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.Topology;

/** The parts that the service is made of. */
@ApplicationScoped
class VerdictParts {

  @Produces
  @Singleton
  Topology topology(VerdictSettings settings, MeterRegistry meters) {
    return new Verdicts(
            new Bounds(settings.lateness().bound(), settings.lateness().share()),
            settings.deadline(),
            settings.tick(),
            meters)
        .topology();
  }

  /** The API's JSON is the events' JSON. */
  @Produces
  @Singleton
  ObjectMapper json() {
    return Json.mapper().copy();
  }
}
