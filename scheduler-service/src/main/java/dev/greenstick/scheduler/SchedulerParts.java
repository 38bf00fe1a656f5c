package dev.greenstick.scheduler;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.AtOnce;
import dev.greenstick.scheduler.definition.DefinitionCheck;
import dev.greenstick.scheduler.saga.Timeouts;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.apache.kafka.streams.Topology;

/** The parts that the service is made of; this alone knows the clock. */
@ApplicationScoped
class SchedulerParts {

  @Produces
  @Singleton
  Topology topology(SchedulerSettings settings, Admission admission, MeterRegistry meters) {
    if (settings.remember().compareTo(settings.startingDeadline()) <= 0) {
      throw new IllegalArgumentException(
          "greenstick.scheduler.remember must be longer than greenstick.scheduler.starting-deadline,"
              + " so that a request that comes twice runs once");
    }
    return new Scheduler(
            admission, timeouts(settings), settings.tick(), DefinitionCheck::check, meters)
        .topology();
  }

  @Produces
  @Singleton
  Admission admission(SchedulerSettings settings) {
    return new Admission(
        settings.clusters(),
        settings.startingDeadline(),
        settings.agentSilence(),
        new AtOnce(
            settings.mostRuns(), settings.mostRunsOfACluster(), settings.mostRunsOfANamespace()));
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  /** The API's JSON is the events' JSON. */
  @Produces
  @Singleton
  ObjectMapper json() {
    return Json.mapper().copy();
  }

  private static Timeouts timeouts(SchedulerSettings settings) {
    return new Timeouts(
        settings.timeouts().definition(),
        settings.timeouts().probeStart(),
        settings.timeouts().baselineVerdict(),
        settings.timeouts().injectAnswer(),
        settings.timeouts().revertMargin(),
        settings.timeouts().probeFinish(),
        settings.remember());
  }
}
