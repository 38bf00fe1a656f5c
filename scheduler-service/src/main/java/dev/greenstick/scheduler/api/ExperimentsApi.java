package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.Schedule;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.scheduler.Scheduler;
import dev.greenstick.scheduler.calendar.Recurrence;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.definition.DefinitionCheck;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Definitions, and running them now. */
@Path("/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "experiments")
public class ExperimentsApi {

  /** Bytes of a document, before it is parsed. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final int MOST_OCCURRENCES = 1_000;

  private final HeldState held;
  private final Outbox outbox;
  private final InstantSource clock;
  private final TakenUp takenUp;

  ExperimentsApi(HeldState held, Outbox outbox, InstantSource clock, TakenUp takenUp) {
    this.held = held;
    this.outbox = outbox;
    this.clock = clock;
    this.takenUp = takenUp;
  }

  /** The list of experiments. */
  public record Listed(List<Entry> experiments) {}

  /**
   * An experiment of the list.
   *
   * @param name its name
   * @param clusters where it runs; empty when the definition cannot be read
   * @param problems why it may not run; left out when it may
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Entry(String name, List<ClusterName> clusters, List<Problem> problems) {}

  /** The runs that were requested; each is planned, or skipped with a reason. */
  public record Requested(ExperimentName experiment, Instant scheduledFor, List<RunRef> runs) {}

  /**
   * When an experiment runs next.
   *
   * @param schedule left out when it has none
   * @param occurrences in order; empty without a schedule, and while it is suspended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Occurrences(Schedule schedule, List<Instant> occurrences) {}

  @GET
  @Operation(summary = "List the experiments")
  public Listed list() {
    return new Listed(
        held.definitions().entrySet().stream()
            .map(entry -> entry(entry.getKey(), entry.getValue()))
            .toList());
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "Get an experiment's definition, with all defaults filled in")
  public Experiment get(@PathParam("name") String name, @Context UriInfo asked) {
    return runnable(name(name), asked).experiment();
  }

  @PUT
  @Path("/{name}")
  @Consumes({
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    MediaType.APPLICATION_JSON
  })
  @Operation(
      summary = "Define an experiment, or define it anew; answers with all defaults filled in")
  public Response put(@PathParam("name") String name, InputStream body, @Context UriInfo asked)
      throws IOException {
    ExperimentName experimentName = name(name);
    Experiment experiment = read(document(body));
    if (!experiment.name().equals(experimentName)) {
      throw invalid(
          List.of(
              new Problem(
                  "metadata.name",
                  "is " + experiment.name() + ", but the path says " + experimentName)));
    }
    Optional<Definition> before = held.definition(experimentName, asked);
    long offset =
        outbox
            .write(
                Topics.EXPERIMENTS,
                Event.of(Scheduler.SOURCE, clock.instant(), new ExperimentDefined(experiment)))
            .offset();
    takenUp.await(
        "experiment " + experimentName + " is defined",
        () ->
            held.definition(experimentName, asked)
                .filter(definition -> definition.offset() >= offset)
                .isPresent());
    return Response.status(before.isPresent() ? 200 : 201).entity(experiment).build();
  }

  @DELETE
  @Path("/{name}")
  @Operation(summary = "Delete an experiment; runs that have begun go on")
  public Response delete(@PathParam("name") String name, @Context UriInfo asked) {
    ExperimentName experiment = name(name);
    defined(experiment, asked);
    long offset = outbox.delete(Topics.EXPERIMENTS, experiment.value()).offset();
    takenUp.await(
        "experiment " + experiment + " is deleted",
        () ->
            held.definition(experiment, asked)
                .filter(definition -> definition.offset() < offset)
                .isEmpty());
    return Response.noContent().build();
  }

  @POST
  @Path("/{name}/runs")
  @Operation(summary = "Run an experiment now, on each of its clusters")
  public Response run(
      @PathParam("name") String name, @Context UriInfo asked, @Context HttpHeaders headers) {
    String by = Requester.of(headers);
    ExperimentName experiment = name(name);
    Definition definition = runnable(experiment, asked);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    outbox.write(
        Topics.REQUESTS, Event.of(Scheduler.SOURCE, now, new RunRequested(experiment, now, by)));
    List<RunRef> runs =
        definition.experiment().spec().clusters().stream()
            .distinct()
            .map(cluster -> RunRef.of(experiment, cluster, now))
            .toList();
    return Response.accepted(new Requested(experiment, now, runs)).build();
  }

  @GET
  @Path("/{name}/occurrences")
  @Operation(summary = "Say when an experiment runs next by its schedule")
  public Occurrences occurrences(
      @PathParam("name") String name,
      @QueryParam("limit") @DefaultValue("10") int limit,
      @Context UriInfo asked) {
    if (limit < 1 || limit > MOST_OCCURRENCES) {
      throw Refusal.malformed("limit", "must be from 1 to " + MOST_OCCURRENCES);
    }
    Schedule schedule = runnable(name(name), asked).experiment().spec().schedule();
    return schedule == null || schedule.suspend()
        ? new Occurrences(schedule, List.of())
        : new Occurrences(schedule, Recurrence.of(schedule).upcoming(clock.instant(), limit));
  }

  private Definition runnable(ExperimentName name, UriInfo asked) {
    Definition definition = defined(name, asked);
    if (!definition.valid()) {
      throw Refusal.of(
          409,
          "Invalid definition",
          "the definition of experiment "
              + name
              + " on its topic is not valid: whoever wrote it must correct it",
          definition.problems());
    }
    return definition;
  }

  private Definition defined(ExperimentName name, UriInfo asked) {
    return held.definition(name, asked)
        .orElseThrow(() -> Refusal.notFound("experiment " + name + " is not defined"));
  }

  private static Entry entry(String name, Definition definition) {
    return new Entry(
        name,
        definition.experiment() == null ? List.of() : definition.experiment().spec().clusters(),
        definition.problems());
  }

  private static Experiment read(String document) {
    return switch (DefinitionCheck.read(document)) {
      case Reading.Valid valid -> valid.experiment();
      case Reading.Invalid invalid -> throw invalid(invalid.problems());
    };
  }

  private static Refusal invalid(List<Problem> problems) {
    return Refusal.of(
        422,
        "Invalid definition",
        problems.size() == 1
            ? "the definition has a problem"
            : "the definition has " + problems.size() + " problems",
        problems);
  }

  private static String document(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw Refusal.of(
          413, "Too large", "a definition has at most " + LARGEST_BODY + " bytes, this has more");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ExperimentName name(String text) {
    try {
      return new ExperimentName(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("name", e.getMessage());
    }
  }
}
