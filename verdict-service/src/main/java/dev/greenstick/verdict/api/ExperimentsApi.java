package dev.greenstick.verdict.api;

import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.verdict.held.AllRuns;
import dev.greenstick.verdict.held.Ask;
import dev.greenstick.verdict.held.HeldRun;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.trend.Sample;
import dev.greenstick.verdict.trend.Trend;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Experiments by what their runs came to. */
@Path("/experiments/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "experiments")
public class ExperimentsApi {

  private static final String FACTS =
      "facts, separated by commas: of phases like fault.availability, of steps like"
          + " steps.NAME.availability, of probes like probes.NAME.fault.latency.p99 or"
          + " probes.NAME.steps.NAME.errorRate; what a verdict does not tell is read off the run's"
          + " windows, of at most 100 runs";
  private static final String FIGURES =
      "fault.availability,fault.correctness,fault.latency.p99,recovery.time";

  private final AllRuns runs;

  ExperimentsApi(AllRuns runs) {
    this.runs = runs;
  }

  @GET
  @Path("/runs")
  @Operation(
      summary = "Give the history of an experiment, the latest run first",
      description = "As the list of runs, and with each run the figures that are asked for.")
  public HistoryPage history(
      @PathParam("name") String name,
      @Parameter(description = "on this cluster") @QueryParam("cluster") String cluster,
      @Parameter(description = "open, skipped, confirmed, refuted or inconclusive")
          @QueryParam("outcome")
          String outcome,
      @Parameter(description = "due at this instant or later") @QueryParam("from") String from,
      @Parameter(description = "due before this instant") @QueryParam("to") String to,
      @Parameter(description = FACTS) @QueryParam("figures") @DefaultValue(FIGURES) String figures,
      @Parameter(description = "the next of the page before") @QueryParam("cursor") String cursor,
      @Parameter(description = "at most so many, up to 500")
          @QueryParam("limit")
          @DefaultValue("50")
          String limit) {
    Filter filter = Parameters.filter(name, cluster, outcome, from, to);
    List<String> names = Parameters.figures(figures);
    int most = Parameters.runs(limit, RunsApi.MOST_RUNS, names);
    List<HeldRun> found = found(new Ask(filter, Parameters.after(cursor, filter), most + 1, names));
    return new HistoryPage(
        found.stream()
            .limit(most)
            .map(run -> new HistoryPage.Line(RunSummary.of(run.progress()), run.figures()))
            .toList(),
        RunPage.next(found, most, filter));
  }

  @GET
  @Path("/trend")
  @Operation(
      summary = "Say how an experiment's figures change from run to run",
      description =
          "By medians: of all runs, of the earlier and the later half, and of the slopes between any"
              + " two runs.")
  public TrendView trend(
      @PathParam("name") String name,
      @Parameter(description = "on this cluster") @QueryParam("cluster") String cluster,
      @Parameter(description = "due at this instant or later") @QueryParam("from") String from,
      @Parameter(description = "due before this instant") @QueryParam("to") String to,
      @Parameter(description = FACTS) @QueryParam("figures") @DefaultValue(FIGURES) String figures,
      @Parameter(description = "of at most so many runs, the latest ones, up to 500")
          @QueryParam("limit")
          @DefaultValue("100")
          String limit) {
    ExperimentName experiment = Parameters.experiment(name);
    List<String> names = Parameters.figures(figures);
    List<HeldRun> found =
        found(
            new Ask(
                Parameters.filter(name, cluster, null, from, to),
                Optional.empty(),
                Parameters.runs(limit, RunsApi.MOST_RUNS, names),
                names));
    Map<String, TrendView.Figure> byName = new LinkedHashMap<>();
    names.forEach(figure -> byName.put(figure, figure(figure, found)));
    return new TrendView(
        experiment,
        found.size(),
        found.isEmpty() ? null : found.getLast().position().due(),
        found.isEmpty() ? null : found.getFirst().position().due(),
        found.stream()
            .collect(
                Collectors.groupingBy(
                    run -> Ending.of(run.progress()).word(), TreeMap::new, Collectors.counting())),
        byName);
  }

  private static TrendView.Figure figure(String name, List<HeldRun> found) {
    List<Sample> samples =
        found.reversed().stream()
            .filter(run -> run.figures().containsKey(name))
            .map(
                run ->
                    new Sample(run.position().run(), run.position().due(), run.figures().get(name)))
            .toList();
    return new TrendView.Figure(
        HypothesisLanguage.fact(name).unit().symbol(), Trend.of(samples), samples);
  }

  /** An experiment without any run is not known here; one without a run that passes is. */
  private List<HeldRun> found(Ask ask) {
    List<HeldRun> found = runs.page(ask);
    if (found.isEmpty()) {
      Filter any =
          new Filter(
              ask.filter().experiment(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      if (runs.page(new Ask(any, Optional.empty(), 1, List.of())).isEmpty()) {
        throw Refusal.notFound(
            "nothing was heard of a run of experiment "
                + ask.filter().experiment().orElseThrow()
                + "; the scheduler knows which experiments there are");
      }
    }
    return found;
  }
}
