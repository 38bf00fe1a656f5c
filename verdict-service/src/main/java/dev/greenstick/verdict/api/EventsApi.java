package dev.greenstick.verdict.api;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topic;
import dev.greenstick.verdict.live.Gone;
import dev.greenstick.verdict.live.LiveEvents;
import dev.greenstick.verdict.live.Subscription;
import dev.greenstick.verdict.live.Wanted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Events as they come. */
@Path("/events")
@Tag(name = "events")
public class EventsApi {

  private static final Logger LOG = Logger.getLogger(EventsApi.class);

  private static final Set<String> TYPES =
      LiveEvents.TOPICS.stream()
          .flatMap((Topic<?> topic) -> topic.types().stream())
          .map(Event::typeOf)
          .collect(Collectors.toCollection(TreeSet::new));

  private final LiveEvents live;

  EventsApi(LiveEvents live) {
    this.live = live;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RunOnVirtualThread
  @Operation(
      summary = "Stream the events of runs as server-sent events",
      description =
          "Each event's data is a CloudEvent in JSON, its id says how far every topic was read."
              + " Whoever comes back with Last-Event-ID, to any instance, gets what came after it,"
              + " all of it and nothing twice.")
  @APIResponse(
      responseCode = "200",
      description = "Events, until the subscriber goes",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class)))
  @APIResponse(responseCode = "410", description = "What came after Last-Event-ID is not kept")
  public Response events(
      @Parameter(description = "of this run") @QueryParam("run") String run,
      @Parameter(description = "of runs of this experiment") @QueryParam("experiment")
          String experiment,
      @Parameter(description = "of runs on this cluster") @QueryParam("cluster") String cluster,
      @Parameter(description = "of these types; may be given several times") @QueryParam("type")
          List<String> types,
      @Parameter(description = "from this instant on instead of from now on") @QueryParam("since")
          String since,
      @Parameter(description = "the id of the last event that was received")
          @HeaderParam("Last-Event-ID")
          String last) {
    Wanted wanted =
        new Wanted(
            Optional.ofNullable(run).map(Parameters::run),
            Optional.ofNullable(experiment).map(Parameters::experiment),
            Optional.ofNullable(cluster).map(Parameters::cluster),
            types.stream().map(EventsApi::type).collect(Collectors.toSet()));
    LiveEvents.Start start =
        new LiveEvents.Start(
            Optional.ofNullable(last).filter(id -> !id.isBlank()),
            Optional.ofNullable(since).map(text -> Parameters.instant("since", text)));
    Subscription subscription = open(start, wanted);
    StreamingOutput events =
        out -> {
          try {
            subscription.send(out);
          } catch (IOException e) {
            LOG.debugf("a subscriber is gone: %s", e.getMessage());
          }
        };
    return Response.ok(events, MediaType.SERVER_SENT_EVENTS)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  private Subscription open(LiveEvents.Start start, Wanted wanted) {
    try {
      return live.open(start, wanted);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(e.getMessage());
    } catch (Gone e) {
      throw Refusal.gone(e.getMessage());
    }
  }

  private static String type(String text) {
    if (TYPES.contains(text)) {
      return text;
    }
    throw Refusal.malformed(
        "type must be one of " + String.join(", ", TYPES) + ", but is: " + text);
  }
}
