package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.scheduler.Scheduler;
import dev.greenstick.scheduler.saga.Ended;
import dev.greenstick.scheduler.saga.RunState;
import dev.greenstick.scheduler.saga.Unplanned;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where runs stand, and ending them. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunsApi {

  private final HeldState held;
  private final Outbox outbox;
  private final InstantSource clock;
  private final ObjectMapper json;

  RunsApi(HeldState held, Outbox outbox, InstantSource clock, ObjectMapper json) {
    this.json = json;
    this.held = held;
    this.outbox = outbox;
    this.clock = clock;
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "Say where a run stands",
      description =
          "A run that was just requested is not found until the scheduler has taken it up.")
  public RunView get(@PathParam("id") String id, @Context UriInfo asked) {
    return RunView.of(known(id(id), asked));
  }

  @POST
  @Path("/{id}/abort")
  @Consumes(MediaType.WILDCARD)
  @RequestBody(
      description = "why, in the user's words; may be left out",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Reason.class)))
  @Operation(summary = "Abort a run: revert its faults at once and end it")
  public Response abort(
      @PathParam("id") String id,
      InputStream body,
      @Context UriInfo asked,
      @Context HttpHeaders headers)
      throws IOException {
    String by = Requester.of(headers);
    String reason = Reason.in(body, json);
    RunRef run =
        switch (known(id(id), asked)) {
          case RunState.UnderWay underWay -> underWay.plan().run();
          case Ended ended ->
              throw Refusal.of(409, "Run has ended", "run " + id + " ended at " + ended.endedAt());
          case Unplanned _ -> throw unknown(id);
        };
    outbox.write(
        Topics.REQUESTS,
        Event.of(Scheduler.SOURCE, clock.instant(), new AbortRequested(run, by, reason)));
    return Response.accepted(run).build();
  }

  private RunState known(RunId run, UriInfo asked) {
    return held.run(run, asked).orElseThrow(() -> unknown(run.toString()));
  }

  private static Refusal unknown(String run) {
    return Refusal.notFound(
        "run " + run + " is not known: it was never taken up, or it ended long ago");
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
    throw Refusal.malformed("id", "must be a run's id, a UUID in lower case, but is: " + text);
  }
}
