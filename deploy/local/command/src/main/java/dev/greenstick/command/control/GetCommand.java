package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the scheduler knows. */
@Command(
    name = "get",
    description = {
      "Shows what the scheduler knows. What get experiment NAME -o yaml prints is what apply takes.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 shown, 3 could not run, or there is no such thing."})
public final class GetCommand implements Callable<Integer> {

  private static final String NOTHING = "-";

  /** What there is to show. */
  private enum Kind {
    experiments,
    experiment,
    occurrences,
    run,
    halts,
    clusters
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}; experiment, occurrences and run need a NAME")
  private Kind kind;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The experiment's name, or the run's id")
  private String name;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most so many occurrences (default: 10)")
  private int limit;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    SchedulerApi scheduler = server.scheduler();
    output.print(
        switch (kind) {
          case experiments -> experiments(scheduler);
          case experiment -> experiment(scheduler, named("NAME", ExperimentName::new));
          case occurrences ->
              occurrences(scheduler.occurrences(named("NAME", ExperimentName::new), limit));
          case run -> run(scheduler, named("NAME", RunId::parse));
          case halts -> halts(scheduler.halts());
          case clusters -> clusters(scheduler.clusters());
        });
    return 0;
  }

  private <T> T named(String argument, Function<String, T> parser) {
    if (name == null) {
      throw server.misuse("get " + kind + " needs a NAME");
    }
    return server.parsed(argument, name, parser);
  }

  private Answer experiments(SchedulerApi scheduler) throws CouldNotRun, InterruptedException {
    if (name != null) {
      throw server.misuse("get experiments takes no NAME; get experiment does");
    }
    JsonNode experiments = scheduler.experiments();
    return table(
        experiments,
        experiments.path("experiments"),
        List.of("NAME", "CLUSTERS", "PROBLEMS"),
        each ->
            List.of(
                text(each, "name"),
                joined(each.path("clusters")),
                each.path("problems").isEmpty()
                    ? NOTHING
                    : String.valueOf(each.path("problems").size())));
  }

  private static Answer experiment(SchedulerApi scheduler, ExperimentName experiment)
      throws CouldNotRun, InterruptedException {
    JsonNode definition =
        scheduler
            .experiment(experiment)
            .orElseThrow(() -> new CouldNotRun("Experiment " + experiment + " is not defined"));
    JsonNode spec = definition.path("spec");
    return Answer.table(
        definition,
        List.of(
            List.of("NAME", "CLUSTERS", "STEPS", "SCHEDULE"),
            List.of(
                experiment.value(),
                joined(spec.path("clusters")),
                spec.path("steps")
                    .valueStream()
                    .map(step -> step.path("name").asText())
                    .collect(Collectors.joining(",")),
                schedule(spec.path("schedule")))));
  }

  private static String schedule(JsonNode schedule) {
    if (schedule.isMissingNode()) {
      return NOTHING;
    }
    String when =
        schedule.has("every")
            ? "every " + text(schedule, "every")
            : text(schedule, "cron") + " " + text(schedule, "timeZone");
    return schedule.path("suspend").asBoolean() ? when + " (suspended)" : when;
  }

  private static Answer occurrences(JsonNode occurrences) {
    return new Answer(
        occurrences, occurrences.path("occurrences").valueStream().map(JsonNode::asText).toList());
  }

  private static Answer run(SchedulerApi scheduler, RunId run)
      throws CouldNotRun, InterruptedException {
    JsonNode state =
        scheduler
            .state(run)
            .orElseThrow(
                () ->
                    new CouldNotRun(
                        "Run " + run + " is not known: not taken up yet, or ended long ago"));
    return table(
        state,
        List.of(state),
        List.of("RUN", "EXPERIMENT", "CLUSTER", "PHASE", "STEP", "OUTCOME", "REASON"),
        each ->
            List.of(
                text(each.path("run"), "id"),
                text(each.path("run"), "experiment"),
                text(each.path("run"), "cluster"),
                text(each, "phase"),
                text(each, "step"),
                text(each, "outcome"),
                text(each, "reason")));
  }

  private static Answer halts(JsonNode halts) {
    return table(
        halts,
        halts.path("halts"),
        List.of("SCOPE", "BY", "AT", "REASON"),
        each ->
            List.of(text(each, "scope"), text(each, "by"), text(each, "at"), text(each, "reason")));
  }

  /** A row for each agent, and one for a cluster that has none. */
  private static Answer clusters(JsonNode clusters) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CLUSTER", "ONLINE", "AGENT", "KIND", "VERSION", "LAST SEEN"));
    for (JsonNode cluster : clusters.path("clusters")) {
      String name = text(cluster, "name");
      if (cluster.path("agents").isEmpty()) {
        rows.add(List.of(name, text(cluster, "online"), NOTHING, NOTHING, NOTHING, NOTHING));
      }
      for (JsonNode agent : cluster.path("agents")) {
        rows.add(
            List.of(
                name,
                text(agent, "online"),
                text(agent, "name"),
                text(agent, "kind"),
                text(agent, "version"),
                text(agent, "lastSeen")));
      }
    }
    return Answer.table(clusters, rows);
  }

  private static Answer table(
      JsonNode value,
      Iterable<JsonNode> elements,
      List<String> head,
      Function<JsonNode, List<String>> row) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head);
    elements.forEach(element -> rows.add(row.apply(element)));
    return Answer.table(value, rows);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText(NOTHING);
  }

  private static String joined(JsonNode list) {
    return list.isEmpty()
        ? NOTHING
        : list.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
  }
}
