package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.command.outcome.ExitStatus;
import dev.greenstick.contracts.verdict.VerdictReached.Outcome;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a run that was waited for.
 *
 * @param run the run as the scheduler named it: {@code {"id", "experiment", "cluster"}}
 * @param outcome the verdict's, or inconclusive where there is none
 * @param reason the verdict's, or why there is none
 * @param event the verdict; empty where there is none
 */
record Verdict(JsonNode run, Outcome outcome, String reason, Optional<JsonNode> event) {

  /** There is no verdict, and why not. */
  static Verdict none(JsonNode run, String why) {
    return new Verdict(run, Outcome.INCONCLUSIVE, why, Optional.empty());
  }

  /** The verdict that the verdict service tells. */
  static Verdict of(JsonNode run, JsonNode event) {
    return new Verdict(
        run,
        Json.mapper().convertValue(event.path("outcome"), Outcome.class),
        event.path("reason").asText(),
        Optional.of(event));
  }

  /** A refuted one is worse than one that says nothing. */
  static ExitStatus worst(List<Verdict> verdicts) {
    List<Outcome> outcomes = verdicts.stream().map(Verdict::outcome).toList();
    if (outcomes.contains(Outcome.REFUTED)) {
      return ExitStatus.REFUTED;
    }
    return outcomes.contains(Outcome.INCONCLUSIVE) ? ExitStatus.INCONCLUSIVE : ExitStatus.CONFIRMED;
  }

  ObjectNode json() {
    ObjectNode json = Json.mapper().createObjectNode();
    json.set("run", run);
    json.put("outcome", word());
    json.put("reason", reason);
    event.ifPresent(verdict -> json.set("verdict", verdict));
    return json;
  }

  /** The outcome, and each assertion under it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "run %s on %s is %s: %s"
            .formatted(run.path("id").asText(), run.path("cluster").asText(), word(), reason));
    event.ifPresent(
        verdict ->
            verdict
                .path("judgements")
                .forEach(
                    judgement ->
                        lines.add(
                            "  %-9s %s"
                                .formatted(
                                    judgement.path("outcome").asText(),
                                    judgement.path("assertion").asText()))));
    return lines;
  }

  private String word() {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
