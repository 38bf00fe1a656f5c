package dev.greenstick.verdict.api;

import dev.greenstick.verdict.replay.AskedReplay;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.Replays;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recorded history judged once more, by the instance that is asked. */
@Path("/replays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "replays")
public class ReplaysApi {

  private final Replays replays;

  ReplaysApi(Replays replays) {
    this.replays = replays;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Judge recorded history once more",
      description =
          "One after another, by this instance alone. Without a body every recorded verdict is"
              + " verified. Nothing is written but to the topic that is named, which is never one"
              + " of Greenstick's.")
  @RequestBody(content = @Content(schema = @Schema(implementation = ReplayAsked.class)))
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location is where it tells how far it is",
      content = @Content(schema = @Schema(implementation = AskedReplay.class)))
  public Response ask(String body) {
    ReplayAsked asked = ReplayAsked.read(body);
    try {
      AskedReplay replay =
          replays
              .ask(asked.selection(), asked.judging(), Optional.ofNullable(asked.topic()))
              .orElseThrow(() -> Refusal.notYet("as many replays wait already as may"));
      return Response.accepted(replay).location(URI.create("/replays/" + replay.number())).build();
    } catch (RecordingException e) {
      throw Refusal.malformed("topic must be one of its own, but: " + e.getMessage());
    }
  }

  @GET
  @Operation(
      summary = "List the latest replays that this instance was asked for",
      description = "Without their outcomes, which one replay alone tells.")
  public List<AskedReplay> all() {
    return replays.all();
  }

  @GET
  @Path("/{number}")
  @Operation(summary = "Say how far a replay is, and what it came to")
  public AskedReplay get(@PathParam("number") String number) {
    return replays.get(number(number)).orElseThrow(() -> unknown(number));
  }

  @DELETE
  @Path("/{number}")
  @Operation(summary = "End a replay where it is")
  public AskedReplay cancel(@PathParam("number") String number) {
    return replays.cancel(number(number)).orElseThrow(() -> unknown(number));
  }

  private static int number(String number) {
    return Parameters.number("number", number, 1, Integer.MAX_VALUE);
  }

  private static Refusal unknown(String number) {
    return Refusal.notFound("this instance knows no replay " + number);
  }
}
