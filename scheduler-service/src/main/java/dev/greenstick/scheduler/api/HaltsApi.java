package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.scheduler.Scheduler;
import dev.greenstick.scheduler.admission.Halt;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The kill switch. */
@Path("/halts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "halts")
public class HaltsApi {

  private static final String SCOPE = "/{scope: .+}";

  private final HeldState held;
  private final Outbox outbox;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final TakenUp takenUp;

  HaltsApi(HeldState held, Outbox outbox, InstantSource clock, ObjectMapper json, TakenUp takenUp) {
    this.held = held;
    this.outbox = outbox;
    this.clock = clock;
    this.json = json;
    this.takenUp = takenUp;
  }

  /** The halts that are in force. */
  public record Listed(List<InForce> halts) {}

  /**
   * A halt that is in force.
   *
   * @param scope {@code everything}, {@code cluster/NAME} or {@code experiment/NAME}
   * @param by who said so
   * @param reason why, in their words
   * @param at when
   */
  public record InForce(String scope, String by, String reason, Instant at) {

    static InForce of(Halt halt) {
      return new InForce(halt.scope().toString(), halt.by(), halt.reason(), halt.at());
    }
  }

  @GET
  @Operation(summary = "List the halts that are in force")
  public Listed list(@Context UriInfo asked) {
    return new Listed(held.halts(asked).stream().map(InForce::of).toList());
  }

  @GET
  @Path(SCOPE)
  @Operation(summary = "Get a halt that is in force")
  public InForce get(@PathParam("scope") String scope, @Context UriInfo asked) {
    return InForce.of(inForce(scope(scope), asked));
  }

  @PUT
  @Path(SCOPE)
  @Consumes(MediaType.WILDCARD)
  @RequestBody(
      description = "why, in the user's words; may be left out",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Reason.class)))
  @Operation(
      summary = "Halt everything, a cluster or an experiment",
      description =
          "The scope is everything, cluster/NAME or experiment/NAME. New runs are skipped, faults"
              + " of those that go on are reverted at once, until the halt is lifted.")
  public Response halt(
      @PathParam("scope") String scope,
      InputStream body,
      @Context UriInfo asked,
      @Context HttpHeaders headers)
      throws IOException {
    HaltScope what = scope(scope);
    Optional<Halt> before = held.halt(what, asked);
    HaltSet set = new HaltSet(what, Requester.of(headers), Reason.in(body, json), now());
    long offset = write(set);
    Halt halt = Halt.of(set, offset);
    takenUp.await(
        what + " is halted",
        () -> held.halt(what, asked).filter(now -> now.offset() >= offset).isPresent());
    return Response.status(before.isPresent() ? 200 : 201).entity(InForce.of(halt)).build();
  }

  @DELETE
  @Path(SCOPE)
  @Operation(summary = "Lift a halt: runs may begin again; those that were halted stay ended")
  public Response lift(
      @PathParam("scope") String scope,
      @QueryParam("reason") String reason,
      @Context UriInfo asked,
      @Context HttpHeaders headers) {
    HaltScope what = scope(scope);
    inForce(what, asked);
    long offset = write(new HaltLifted(what, Requester.of(headers), Reason.checked(reason), now()));
    takenUp.await(
        "the halt of " + what + " is lifted",
        () -> held.halt(what, asked).filter(now -> now.offset() < offset).isEmpty());
    return Response.noContent().build();
  }

  private long write(HaltEvent event) {
    return outbox.write(Topics.HALTS, Event.of(Scheduler.SOURCE, event.at(), event)).offset();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Halt inForce(HaltScope scope, UriInfo asked) {
    return held.halt(scope, asked).orElseThrow(() -> Refusal.notFound(scope + " is not halted"));
  }

  private static HaltScope scope(String text) {
    try {
      return HaltScope.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("scope", e.getMessage());
    }
  }
}
