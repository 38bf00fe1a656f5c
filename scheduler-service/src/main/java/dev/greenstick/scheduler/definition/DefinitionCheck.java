package dev.greenstick.scheduler.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.Places;
import dev.greenstick.contracts.experiment.Schedule;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.scheduler.calendar.Recurrence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules for definitions, whoever wrote them. Never throws for what a document holds. */
public final class DefinitionCheck {

  /**
   * Bytes of a definition as JSON. It travels within larger records (planned, due, saga), and all
   * of those must stay below the megabyte that Kafka takes by default: a record that cannot be
   * written would stop its partition.
   */
  public static final int LARGEST = 512 * 1024;

  private DefinitionCheck() {}

  /** Reads a document, YAML or JSON, and checks all there is to check. */
  public static Reading read(String document) {
    return read(document, Places.of(document));
  }

  private static Reading read(String document, Places places) {
    return switch (ExperimentReader.read(document, places)) {
      case Reading.Valid valid -> {
        List<Problem> problems = beyondReading(valid.experiment(), places);
        yield problems.isEmpty()
            ? valid
            : new Reading.Invalid(problems.stream().map(places::located).toList());
      }
      case Reading.Invalid invalid -> invalid;
    };
  }

  /** Checks a definition that came as an event, by the very rules for documents. */
  public static List<Problem> check(Experiment experiment) {
    return switch (read(json(experiment), Places.UNKNOWN)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid invalid -> invalid.problems();
    };
  }

  private static List<Problem> beyondReading(Experiment experiment, Places places) {
    List<Problem> problems = new ArrayList<>(HypothesisLanguage.check(experiment, places));
    schedule(experiment.spec().schedule()).ifPresent(problems::add);
    int size = json(experiment).getBytes(StandardCharsets.UTF_8).length;
    if (size > LARGEST) {
      problems.add(
          new Problem(
              "",
              "the definition has "
                  + size
                  + " bytes as JSON, at most "
                  + LARGEST
                  + " are taken: ask for fewer or smaller predictions"));
    }
    return problems;
  }

  private static Optional<Problem> schedule(Schedule schedule) {
    if (schedule == null) {
      return Optional.empty();
    }
    String path = "spec.schedule." + (schedule.cron() == null ? "every" : "cron");
    try {
      return Recurrence.of(schedule).next(Instant.EPOCH).isPresent()
          ? Optional.empty()
          : Optional.of(new Problem(path, "names a day that never comes: " + schedule.cron()));
    } catch (IllegalArgumentException e) {
      return Optional.of(new Problem(path, e.getMessage()));
    }
  }

  private static String json(Experiment experiment) {
    try {
      return Json.mapper().writeValueAsString(experiment);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("experiment " + experiment.name() + " as JSON", e);
    }
  }
}
