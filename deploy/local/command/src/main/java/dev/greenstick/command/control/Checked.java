package dev.greenstick.command.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.scheduler.definition.DefinitionCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A document that the scheduler's own rules were applied to.
 *
 * @param written the document
 * @param experiment what it defines, with every default; empty when it has problems
 * @param problems all of them
 */
record Checked(Written written, Optional<Experiment> experiment, List<Problem> problems) {

  Checked {
    problems = List.copyOf(problems);
  }

  /** Checks each by itself and all together: no name may be there twice. */
  static List<Checked> all(List<Written> documents) {
    List<Checked> all = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Written document : documents) {
      Checked checked = of(document);
      String name = checked.experiment().map(found -> found.name().value()).orElse("");
      String before = name.isEmpty() ? null : seen.putIfAbsent(name, document.file());
      all.add(
          before == null
              ? checked
              : new Checked(
                  document,
                  Optional.empty(),
                  List.of(
                      new Problem("metadata.name", "is there twice: " + name + ", in " + before))));
    }
    return all;
  }

  /**
   * The same, where nothing can be done unless everything is valid.
   *
   * @throws CouldNotRun with every problem of every document
   */
  static List<Checked> valid(List<Written> documents) throws CouldNotRun {
    List<Checked> all = all(documents);
    List<String> lines =
        all.stream()
            .filter(checked -> !checked.isValid())
            .flatMap(checked -> checked.lines().stream())
            .toList();
    if (!lines.isEmpty()) {
      throw new CouldNotRun(String.join("\n", lines));
    }
    return all;
  }

  private static Checked of(Written document) {
    return switch (DefinitionCheck.read(document.text())) {
      case Reading.Valid valid -> new Checked(document, Optional.of(valid.experiment()), List.of());
      case Reading.Invalid invalid -> new Checked(document, Optional.empty(), invalid.problems());
    };
  }

  boolean isValid() {
    return problems.isEmpty();
  }

  ExperimentName name() {
    return experiment.orElseThrow().name();
  }

  /** The definition as the scheduler would answer it, read from text as its answer is. */
  JsonNode definition() {
    try {
      return Json.mapper().readTree(Json.text(experiment.orElseThrow()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As compilers write it, so that editors find the place: {@code FILE:LINE:COLUMN: ...}. */
  List<String> lines() {
    return isValid()
        ? List.of("%s: experiment %s is valid".formatted(written.file(), name()))
        : problems.stream().map(this::line).toList();
  }

  private String line(Problem problem) {
    String place = problem.line() == null ? "" : ":" + problem.line() + ":" + problem.column();
    String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
    return written.file() + place + ": " + path + problem.message();
  }

  ObjectNode json() {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("file", written.file());
    experiment.ifPresent(valid -> json.put("experiment", valid.name().value()));
    json.put("valid", isValid());
    ArrayNode list = json.putArray("problems");
    problems.forEach(problem -> list.add(Json.mapper().<JsonNode>valueToTree(problem)));
    return json;
  }
}
