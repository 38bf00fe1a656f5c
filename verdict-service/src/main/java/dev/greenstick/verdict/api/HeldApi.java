package dev.greenstick.verdict.api;

import dev.greenstick.verdict.held.AllRuns;
import dev.greenstick.verdict.held.Ask;
import dev.greenstick.verdict.held.HeldRun;
import dev.greenstick.verdict.held.HeldRuns;
import dev.greenstick.verdict.listing.Filter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this instance tells others of the runs that it holds; no promise to anybody else. */
@Path(AllRuns.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class HeldApi {

  private final HeldRuns held;

  HeldApi(HeldRuns held) {
    this.held = held;
  }

  @GET
  @Operation(hidden = true)
  public List<HeldRun> page(
      @QueryParam("partition") List<String> partitions,
      @QueryParam("experiment") String experiment,
      @QueryParam("cluster") String cluster,
      @QueryParam("outcome") String outcome,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("cursor") String cursor,
      @QueryParam("most") String most,
      @QueryParam("figure") List<String> figures) {
    Filter filter = Parameters.filter(experiment, cluster, outcome, from, to);
    return held.page(
        partitions.stream()
            .map(text -> Parameters.number("partition", text, 0, Integer.MAX_VALUE))
            .toList(),
        new Ask(
            filter,
            Parameters.after(cursor, filter),
            Parameters.number("most", most, 1, RunsApi.MOST_RUNS + 1),
            figures));
  }
}
