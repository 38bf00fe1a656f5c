package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.experiment.HypothesisReader;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.replay.Judging;
import dev.greenstick.verdict.replay.Selection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is to be replayed; everything may be left out, and without anything all of history is
 * verified.
 *
 * @param run this run alone
 * @param experiment runs of this experiment alone
 * @param cluster runs on this cluster alone
 * @param since runs that were planned then or later
 * @param before runs that were planned earlier
 * @param offsets of the history only these records, as a verdict's evidence names them
 * @param hypothesis whose assertions are judged instead of each run's own
 * @param until judge by what had happened by then
 * @param late judge with what came after the verdict, too
 * @param topic a topic of its own, which exists, for the verdicts that are reached
 */
public record ReplayAsked(
    String run,
    String experiment,
    String cluster,
    String since,
    String before,
    List<OffsetRange> offsets,
    HypothesisAsked hypothesis,
    String until,
    Boolean late,
    String topic) {

  /** A filter that is misspelt would replay everything: what is not known is refused. */
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(ReplayAsked.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * Assertions as an experiment's hypothesis has them.
   *
   * @param assertions what decides the verdict; at least one
   * @param steadyState may be there, as in an experiment, and decides nothing
   * @param stopConditions may be there, as in an experiment, and decide nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HypothesisAsked(
      List<String> assertions, List<String> steadyState, List<String> stopConditions) {}

  /** What a body asks for; an empty one asks for everything. */
  static ReplayAsked read(String body) {
    try {
      ReplayAsked asked = READER.readValue(body == null || body.isBlank() ? "{}" : body);
      if (asked == null) {
        throw malformed("is null");
      }
      return asked;
    } catch (UnrecognizedPropertyException e) {
      throw malformed(
          "has %s; there are %s"
              .formatted(
                  path(e),
                  e.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    } catch (JsonMappingException e) {
      throw malformed(
          "lacks something in %s, or has there what is of another kind"
              .formatted(e.getPath().isEmpty() ? "it" : path(e)));
    } catch (JsonProcessingException e) {
      throw malformed(
          "is no JSON in line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static Refusal malformed(String but) {
    return Refusal.malformed("the body must be an object as GET /q/openapi has it, but " + but);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  Selection selection() {
    if (offsets != null && offsets.stream().anyMatch(Objects::isNull)) {
      throw malformed("offsets holds null");
    }
    try {
      return new Selection(
          Optional.ofNullable(run).map(Parameters::run),
          Optional.ofNullable(experiment).map(Parameters::experiment),
          Optional.ofNullable(cluster).map(Parameters::cluster),
          Optional.ofNullable(since).map(text -> Parameters.instant("since", text)),
          Optional.ofNullable(before).map(text -> Parameters.instant("before", text)),
          offsets == null ? List.of() : offsets);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(e.getMessage());
    }
  }

  Judging judging() {
    if (hypothesis == null && until == null && !Boolean.TRUE.equals(late)) {
      return new Judging.Verify();
    }
    return new Judging.Again(
        Optional.ofNullable(hypothesis).map(ReplayAsked::checked),
        Optional.ofNullable(until).map(text -> Parameters.instant("until", text)),
        Boolean.TRUE.equals(late));
  }

  /** By the same reader that the command reads a file with. */
  private static Hypothesis checked(HypothesisAsked asked) {
    return switch (HypothesisReader.read(Json.text(asked))) {
      case HypothesisReader.Reading.Invalid(var problems) -> throw invalid(problems);
      case HypothesisReader.Reading.Valid(var read) -> {
        List<Problem> problems = HypothesisLanguage.check(read, "hypothesis");
        if (!problems.isEmpty()) {
          throw invalid(problems);
        }
        yield read;
      }
    };
  }

  private static Refusal invalid(List<Problem> problems) {
    return Refusal.malformed(
        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
  }
}
