package dev.greenstick.verdict.api;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.held.HeldRuns;
import dev.greenstick.verdict.held.Holders;
import dev.greenstick.verdict.history.Indices;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.replay.AsOf;
import dev.greenstick.verdict.replay.RunState;
import dev.greenstick.verdict.replay.TimeTravel;
import dev.greenstick.verdict.run.HandedDown;
import dev.greenstick.verdict.series.Percentile;
import dev.greenstick.verdict.series.Resolution;
import dev.greenstick.verdict.series.Series;
import dev.greenstick.verdict.timeline.Happening;
import dev.greenstick.verdict.timeline.Timeline;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One run and what is known of it. */
@Path("/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@HeldByOneInstance
public class RunApi {

  private static final int MOST_WINDOWS = 3_600;
  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_POINTS = 2_000;

  private final Holders holders;
  private final HeldRuns held;
  private final TimeTravel travel;

  RunApi(Holders holders, HeldRuns held, TimeTravel travel) {
    this.holders = holders;
    this.held = held;
    this.travel = travel;
  }

  @GET
  @Operation(summary = "Say what is known of a run, with its verdict once that is reached")
  public RunView get(@PathParam("id") String id) {
    HeldRuns.Held run = run(id);
    return RunView.of(progress(run, id), run.handedDown(), late(run));
  }

  @GET
  @Path("/verdict")
  @Operation(summary = "Give a run's verdict")
  public VerdictView verdict(@PathParam("id") String id) {
    HeldRuns.Held run = run(id);
    Progress progress = progress(run, id);
    HandedDown handedDown = run.handedDown();
    if (handedDown.verdict() == null) {
      throw Refusal.noVerdict(
          id, progress.skip() == null ? progress.lacking() : List.of("nothing: it was skipped"));
    }
    return new VerdictView(handedDown.verdictAt(), late(run), handedDown.verdict());
  }

  @GET
  @Path("/timeline")
  @Operation(
      summary = "Tell what happened in a run, the earliest first",
      description =
          "Everything but the health windows: those are at windows and series. What came after the"
              + " verdict is marked as late.")
  public TimelinePage timeline(
      @PathParam("id") String id,
      @Parameter(description = "the next of the page before") @QueryParam("after") String after,
      @Parameter(description = "at most so many, up to 2000")
          @QueryParam("limit")
          @DefaultValue("500")
          String limit) {
    Timeline timeline =
        new Timeline(
            after == null
                ? null
                : Timeline.Mark.parse(after)
                    .orElseThrow(
                        () ->
                            Refusal.malformed(
                                "after must be the next of the page before, but is: " + after)),
            Parameters.number("limit", limit, 1, MOST_EVENTS));
    HeldRuns.Held run = run(id);
    progress(run, id);
    run.history(
        history -> {
          history.events(evidence -> timeline.add(Happening.of(evidence, false)));
          return timeline;
        });
    run.late(
        history -> {
          history.all(evidence -> timeline.add(Happening.of(evidence, true)));
          return timeline;
        });
    HandedDown handedDown = run.handedDown();
    if (handedDown.baseline() != null) {
      timeline.add(Happening.of(handedDown.baseline(), handedDown.baselineAt()));
    }
    for (int i = 0; i < handedDown.breaches().size(); i++) {
      timeline.add(Happening.of(handedDown.breaches().get(i), handedDown.breachedAt().get(i)));
    }
    if (handedDown.verdict() != null) {
      timeline.add(Happening.of(handedDown.verdict(), handedDown.verdictAt()));
    }
    return new TimelinePage(timeline.page(), timeline.next().map(Timeline.Mark::text).orElse(null));
  }

  @GET
  @Path("/windows")
  @Operation(
      summary = "List the health windows of a run, by probe and index",
      description = "At most 3600, from the index that is asked for.")
  public List<WindowView> windows(
      @PathParam("id") String id, @QueryParam("from") @DefaultValue("0") String from) {
    int first = Parameters.number("from", from, 0, Integer.MAX_VALUE);
    HeldRuns.Held run = run(id);
    Progress progress = progress(run, id);
    return run.history(
        history -> {
          List<WindowView> windows = new ArrayList<>();
          for (ProbeName probe : new TreeSet<>(progress.windows().keySet())) {
            int to = Math.min(end(progress, probe), first + MOST_WINDOWS - windows.size());
            history.windows(
                probe.value(),
                first,
                to,
                evidence -> windows.add(WindowView.of((HealthWindow) evidence.data())));
          }
          return windows;
        });
  }

  @GET
  @Path("/series")
  @Operation(
      summary = "Give the health windows of a run as series, one for each probe",
      description =
          "The histograms of a point's windows are merged exactly. Without a resolution it is the"
              + " finest of 1s, 2s, 5s, 10s and so on that makes at most so many points.")
  public SeriesView series(
      @PathParam("id") String id,
      @Parameter(description = "of this probe alone") @QueryParam("probe") String probe,
      @Parameter(description = "the first window's index") @QueryParam("from") @DefaultValue("0")
          String from,
      @Parameter(description = "the index above the last window's") @QueryParam("to") String to,
      @Parameter(description = "time in a point, in whole seconds, for example 10s or 5m")
          @QueryParam("resolution")
          String resolution,
      @Parameter(description = "at most so many for each probe, up to 2000")
          @QueryParam("points")
          @DefaultValue("300")
          String points,
      @Parameter(description = "of latency, separated by commas")
          @QueryParam("percentiles")
          @DefaultValue("50,99")
          String percentiles) {
    int first = Parameters.number("from", from, 0, Integer.MAX_VALUE);
    int last = to == null ? Integer.MAX_VALUE : Parameters.number("to", to, 0, Integer.MAX_VALUE);
    int most = Parameters.number("points", points, 1, MOST_POINTS);
    List<Percentile> chosen = Parameters.percentiles(percentiles);
    int seconds = resolution == null ? 0 : Parameters.seconds("resolution", resolution);
    HeldRuns.Held run = run(id);
    Progress progress = progress(run, id);
    List<ProbeName> probes = probes(progress, probe, id);
    int longest =
        probes.stream()
            .mapToInt(name -> Math.min(last, end(progress, name)) - first)
            .max()
            .orElse(0);
    int step = seconds == 0 ? Resolution.finest(longest, most) : seconds;
    if (step < Resolution.least(longest, MOST_POINTS)) {
      throw Refusal.malformed(
          "resolution must be at least %ds for %d windows, so that there are at most %d points, but"
                  .formatted(Resolution.least(longest, MOST_POINTS), longest, MOST_POINTS)
              + " is: "
              + resolution);
    }
    return new SeriesView(
        step,
        probes.stream()
            .map(
                name ->
                    run.history(
                        history -> {
                          Series series = new Series(step, chosen);
                          history.windows(
                              name.value(),
                              first,
                              Math.min(last, end(progress, name)),
                              evidence -> series.add((HealthWindow) evidence.data()));
                          return new SeriesView.OfProbe(name, series.points());
                        }))
            .toList());
  }

  @GET
  @Path("/state")
  @Operation(
      summary = "Say what was known of a run after any of its events",
      description =
          "Its events have one order: by their times, then by where they lie. What came after the"
              + " verdict is not among them.")
  public RunState state(
      @PathParam("id") String id,
      @Parameter(
              description =
                  "last, a number of events, an instant, an event's id, or topic/partition@offset")
          @QueryParam("at")
          @DefaultValue("last")
          String at) {
    AsOf asOf;
    try {
      asOf = AsOf.parse(at);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("at " + e.getMessage());
    }
    HeldRuns.Held run = run(id);
    progress(run, id);
    return run.history(history -> travel.of(history, asOf))
        .orElseThrow(() -> Refusal.notFound("run " + id + " has no event at " + at));
  }

  private HeldRuns.Held run(String id) {
    RunId run = Parameters.run(id);
    return held.run(holders.of(run), run);
  }

  private static Progress progress(HeldRuns.Held run, String id) {
    return run.progress().orElseThrow(() -> Refusal.unknown(id));
  }

  private static int late(HeldRuns.Held run) {
    return run.late(
        history -> {
          int[] count = {0};
          history.all(_ -> count[0]++);
          return count[0];
        });
  }

  private static List<ProbeName> probes(Progress progress, String probe, String id) {
    List<ProbeName> all = List.copyOf(new TreeSet<>(progress.windows().keySet()));
    if (probe == null) {
      return all;
    }
    List<ProbeName> one = all.stream().filter(name -> name.value().equals(probe)).toList();
    if (one.isEmpty()) {
      throw Refusal.notFound("run " + id + " has no window of probe " + probe + ", but of " + all);
    }
    return one;
  }

  /** The index above that of the last window that was read. */
  private static int end(Progress progress, ProbeName probe) {
    List<Indices.Range> ranges = progress.windows().getOrDefault(probe, Indices.NONE).ranges();
    return ranges.isEmpty() ? 0 : ranges.getLast().to() + 1;
  }
}
