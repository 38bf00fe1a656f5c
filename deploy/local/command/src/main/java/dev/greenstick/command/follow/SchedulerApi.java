package dev.greenstick.command.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The scheduler's REST API. Every method throws {@link CouldNotRun} when it refuses. */
public final class SchedulerApi {

  private static final String JSON = "application/json";
  private static final String NOTHING = "";

  private final RestApi rest;

  /** The API at {@code base}, asked by nobody in particular. */
  public SchedulerApi(HttpClient client, URI base) {
    this(new RestApi(client, "scheduler", base, Optional.empty()));
  }

  public SchedulerApi(RestApi rest) {
    this.rest = rest;
  }

  /** The experiments: {@code {"experiments": [{"name", "clusters", "problems"}]}}. */
  public JsonNode experiments() throws CouldNotRun, InterruptedException {
    return there("list experiments", "/experiments");
  }

  /** An experiment's definition with every default; empty when it is not defined. */
  public Optional<JsonNode> experiment(ExperimentName name)
      throws CouldNotRun, InterruptedException {
    return rest.find("get experiment " + name, "/experiments/" + name);
  }

  /**
   * Defines an experiment; its definition with every default.
   *
   * @param document YAML or JSON
   */
  public JsonNode define(ExperimentName name, String document)
      throws CouldNotRun, InterruptedException {
    return rest.send(
        "define experiment " + name, "PUT", "/experiments/" + name, "application/yaml", document);
  }

  /** Deletes an experiment; whether it was defined. */
  public boolean delete(ExperimentName name) throws CouldNotRun, InterruptedException {
    return rest.delete("delete experiment " + name, "/experiments/" + name);
  }

  /** When an experiment runs next: {@code {"schedule", "occurrences": [instant]}}. */
  public JsonNode occurrences(ExperimentName name, int limit)
      throws CouldNotRun, InterruptedException {
    return there(
        "show the occurrences of experiment " + name,
        "/experiments/" + name + "/occurrences?limit=" + limit);
  }

  /** Asks for a run now on each cluster: {@code {"runs": [{"id", "experiment", "cluster"}]}}. */
  public JsonNode runEverywhere(ExperimentName name) throws CouldNotRun, InterruptedException {
    JsonNode answer =
        rest.send(
            "run experiment " + name, "POST", "/experiments/" + name + "/runs", JSON, NOTHING);
    if (answer.path("runs").isEmpty()) {
      throw new CouldNotRun("The scheduler named no run: " + answer);
    }
    return answer;
  }

  /** Asks for a run now of an experiment that has one cluster. */
  public RunId run(ExperimentName name) throws CouldNotRun, InterruptedException {
    return RunId.parse(runEverywhere(name).path("runs").path(0).path("id").asText());
  }

  /** Where a run stands; empty when it is not taken up, or forgotten. */
  public Optional<JsonNode> state(RunId run) throws CouldNotRun, InterruptedException {
    return rest.find("say where run " + run + " stands", "/runs/" + run);
  }

  /** Asks for the end of a run. */
  public void abort(RunId run, String reason) throws CouldNotRun, InterruptedException {
    rest.send("abort run " + run, "POST", "/runs/" + run + "/abort", JSON, reason(reason));
  }

  /** Clusters and agents: {@code {"clusters": [{"name", "served", "online", "agents"}]}}. */
  public JsonNode clusters() throws CouldNotRun, InterruptedException {
    return there("list clusters", "/clusters");
  }

  /** The halts that are in force: {@code {"halts": [{"scope", "by", "reason", "at"}]}}. */
  public JsonNode halts() throws CouldNotRun, InterruptedException {
    return there("list halts", "/halts");
  }

  /** Halts a scope; the halt. */
  public JsonNode halt(HaltScope scope, String reason) throws CouldNotRun, InterruptedException {
    return rest.send("halt " + scope, "PUT", "/halts/" + scope, JSON, reason(reason));
  }

  /** Lifts a halt; whether there was one. */
  public boolean lift(HaltScope scope, String reason) throws CouldNotRun, InterruptedException {
    String why =
        reason == null ? "" : "?reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8);
    return rest.delete("lift the halt of " + scope, "/halts/" + scope + why);
  }

  private JsonNode there(String what, String path) throws CouldNotRun, InterruptedException {
    return rest.find(what, path)
        .orElseThrow(
            () ->
                new CouldNotRun(
                    "The scheduler did not %s: there is nothing at %s".formatted(what, path)));
  }

  private static String reason(String reason) {
    return reason == null
        ? NOTHING
        : Json.mapper().createObjectNode().put("reason", reason).toString();
  }
}
