package dev.greenstick.verdict.api;

import dev.greenstick.verdict.held.AllRuns;
import dev.greenstick.verdict.held.Ask;
import dev.greenstick.verdict.held.HeldRun;
import dev.greenstick.verdict.listing.Filter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs, wherever they are held. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunsApi {

  static final int MOST_RUNS = 500;

  private final AllRuns runs;

  RunsApi(AllRuns runs) {
    this.runs = runs;
  }

  @GET
  @Operation(
      summary = "List runs, the latest first",
      description = "Filters are combined. A page costs the same however many runs there are.")
  public RunPage list(
      @Parameter(description = "of this experiment") @QueryParam("experiment") String experiment,
      @Parameter(description = "on this cluster") @QueryParam("cluster") String cluster,
      @Parameter(description = "open, skipped, confirmed, refuted or inconclusive")
          @QueryParam("outcome")
          String outcome,
      @Parameter(description = "due at this instant or later") @QueryParam("from") String from,
      @Parameter(description = "due before this instant") @QueryParam("to") String to,
      @Parameter(description = "the next of the page before") @QueryParam("cursor") String cursor,
      @Parameter(description = "at most so many, up to 500")
          @QueryParam("limit")
          @DefaultValue("50")
          String limit) {
    Filter filter = Parameters.filter(experiment, cluster, outcome, from, to);
    int most = Parameters.number("limit", limit, 1, MOST_RUNS);
    List<HeldRun> found =
        runs.page(new Ask(filter, Parameters.after(cursor, filter), most + 1, List.of()));
    return new RunPage(
        found.stream().limit(most).map(run -> RunSummary.of(run.progress())).toList(),
        RunPage.next(found, most, filter));
  }
}
