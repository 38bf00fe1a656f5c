package dev.greenstick.verdict.api;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.history.Progress;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs and what is known of them. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunsApi {

  private static final int MOST_RUNS = 500;
  private static final int MOST_WINDOWS = 3_600;

  private static final Comparator<Progress> OLDEST_FIRST =
      Comparator.comparing(RunsApi::due).thenComparing(progress -> progress.run().id());

  private final HeldRuns held;

  RunsApi(HeldRuns held) {
    this.held = held;
  }

  @GET
  @Operation(summary = "List the most recent runs, the latest first")
  public List<RunSummary> recent(@QueryParam("limit") @DefaultValue("50") String limit) {
    int most = number("limit", limit, 1, MOST_RUNS);
    PriorityQueue<Progress> latest = new PriorityQueue<>(OLDEST_FIRST);
    held.each(
        progress -> {
          latest.add(progress);
          if (latest.size() > most) {
            latest.remove();
          }
        });
    return latest.stream().sorted(OLDEST_FIRST.reversed()).map(RunSummary::of).toList();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Say what is known of a run, with its verdict once that is reached")
  public RunView get(@PathParam("id") String id, @Context UriInfo asked) {
    RunId run = id(id);
    Progress progress = held.progress(run, asked);
    return RunView.of(progress, held.handedDown(run));
  }

  @GET
  @Path("/{id}/windows")
  @Operation(
      summary = "List the health windows of a run, by probe and index",
      description = "At most 3600, from the index that is asked for.")
  public List<WindowView> windows(
      @PathParam("id") String id,
      @QueryParam("from") @DefaultValue("0") String from,
      @Context UriInfo asked) {
    RunId run = id(id);
    int first = number("from", from, 0, Integer.MAX_VALUE);
    Progress progress = held.progress(run, asked);
    List<WindowView> windows = new ArrayList<>();
    try {
      held.history(progress.run().id())
          .windows(
              evidence -> {
                if (windows.size() < MOST_WINDOWS
                    && evidence.data() instanceof HealthWindow window
                    && window.index() >= first) {
                  windows.add(WindowView.of(window));
                }
              });
    } catch (InvalidStateStoreException e) {
      throw Refusal.notYet("the windows of run " + run + " are being restored or moved");
    }
    return windows;
  }

  private static Instant due(Progress progress) {
    Instant due = RunSummary.scheduledFor(progress);
    return due == null ? Instant.EPOCH : due;
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told as what is out of bounds is told.
    }
    throw Refusal.malformed(
        name + " must be a number between " + least + " and " + most + ", but is: " + text);
  }

  private static RunId id(String text) {
    try {
      RunId run = RunId.parse(text);
      if (run.toString().equals(text)) {
        return run;
      }
    } catch (IllegalArgumentException e) {
      // Told as what is not canonical is told.
    }
    throw Refusal.malformed("id must be a run's id, a UUID in lower case, but is: " + text);
  }
}
