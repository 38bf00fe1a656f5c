package dev.greenstick.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.greenstick.command.demo.Choices;
import dev.greenstick.command.demo.DemoExperiment;
import dev.greenstick.command.demo.Metadata;
import dev.greenstick.command.demo.Where;
import dev.greenstick.command.display.Footing;
import dev.greenstick.command.display.Narration;
import dev.greenstick.command.display.Report;
import dev.greenstick.command.display.RunView;
import dev.greenstick.command.display.Starting;
import dev.greenstick.command.follow.ModelServer;
import dev.greenstick.command.follow.RunFollower;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.follow.StructuredEvent;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.command.outcome.ExitStatus;
import dev.greenstick.command.parts.Installation;
import dev.greenstick.command.parts.Part;
import dev.greenstick.command.parts.PartName;
import dev.greenstick.command.parts.Parts;
import dev.greenstick.command.parts.Ports;
import dev.greenstick.command.parts.Running;
import dev.greenstick.command.parts.Safety;
import dev.greenstick.command.parts.Startup;
import dev.greenstick.command.parts.Workplace;
import dev.greenstick.command.screen.Screen;
import dev.greenstick.command.screen.Screens;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jline.utils.AttributedString;

/** One demo: everything up, one run from request to verdict, everything down. */
final class Demo {

  private static final String BUILT_IN = "demo.yaml";
  private static final Duration TICK = Duration.ofMillis(200);

  /** What a run may take beyond its plan: the scheduler's own timeouts end it long before. */
  private static final Duration MARGIN = Duration.ofMinutes(3);

  private final Installation installation;
  private final Choices choices;
  private final Map<PartName, Integer> fixedPorts;
  private final Manner manner;
  private final InstantSource clock = InstantSource.system();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  /**
   * How it is shown and ended.
   *
   * @param json whether standard output is for the verdict event alone
   * @param keep whether everything stays up after the verdict
   */
  record Manner(boolean json, boolean keep) {}

  Demo(
      Installation installation,
      Choices choices,
      Map<PartName, Integer> fixedPorts,
      Manner manner) {
    this.installation = installation;
    this.choices = choices;
    this.fixedPorts = fixedPorts;
    this.manner = manner;
  }

  /** Runs it; the exit status. */
  int run() throws CouldNotRun, InterruptedException {
    DemoExperiment written = experiment();
    // The model's port is not known yet; everything else that may be wrong is found before anything
    // starts.
    Experiment planned = written.filledIn(URI.create("http://127.0.0.1")).valid();
    Ports ports = new Ports(fixedPorts, RandomGenerator.getDefault());
    Workplace workplace = Workplace.create(installation);
    System.setProperty(
        "org.slf4j.simpleLogger.logFile", workplace.resolve("launcher.log").toString());
    Ending ending = new Ending(workplace, new Parts(workplace));
    try {
      Screen screen =
          ending.own(manner.json() ? Screens.besideOutput(clock) : Screens.forPeople(clock));
      Instant since = clock.instant();
      Running running = start(ending, ports, planned, screen, since);
      VerdictReached verdict = follow(ending, running, written, screen, since);
      ExitStatus status = ExitStatus.of(verdict.outcome());
      if (manner.keep()) {
        ending.after(status);
        screen.print(WhatToOpen.lines(running, verdict.run().id(), choices.where()));
        ending.await(() -> died(ending.parts()));
      }
      ending.well();
      return status.code();
    } catch (CouldNotRun e) {
      throw ending.badly(e);
    } catch (RuntimeException | IOError e) {
      ending.leaveToSignal();
      throw e;
    }
  }

  private DemoExperiment experiment() throws CouldNotRun, InterruptedException {
    DemoExperiment experiment = adapted(read());
    if (choices.fault().isPresent()) {
      experiment = experiment.withFault(choices.fault().get());
    }
    if (choices.baseline().isPresent()) {
      experiment = experiment.withBaseline(choices.baseline().get());
    }
    return choices.duration().map(experiment::withDuration).orElse(experiment);
  }

  private DemoExperiment read() throws CouldNotRun {
    if (choices.experiment().isPresent()) {
      Path file = choices.experiment().get();
      return DemoExperiment.read(file.toString(), text(file));
    }
    try (InputStream text = Demo.class.getResourceAsStream(BUILT_IN)) {
      return DemoExperiment.read(
          "The built-in experiment", new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(BUILT_IN + " cannot be read", e);
    }
  }

  private static String text(Path file) throws CouldNotRun {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CouldNotRun(file + " cannot be read: " + e, e);
    }
  }

  private DemoExperiment adapted(DemoExperiment experiment)
      throws CouldNotRun, InterruptedException {
    return switch (choices.where()) {
      case Where.Sandbox sandbox -> experiment;
      case Where.Existing existing -> adapted(experiment, existing);
    };
  }

  private DemoExperiment adapted(DemoExperiment experiment, Where.Existing existing)
      throws CouldNotRun, InterruptedException {
    DemoExperiment asking = experiment.asking(existing.target(), existing.model());
    if (existing.requests().isPresent()) {
      asking = asking.sending(requests(existing.requests().get()));
    } else if (choices.experiment().isEmpty()) {
      JsonNode metadata = ModelServer.metadata(client, existing.target(), existing.model());
      asking = asking.sending(Metadata.request(existing.model(), metadata)).withoutCorrectness();
    }
    return choices.experiment().isPresent() ? asking : asking.withNamespace(existing.namespace());
  }

  private static JsonNode requests(Path file) throws CouldNotRun {
    try {
      JsonNode requests = new YAMLMapper().readTree(text(file));
      if (requests.isArray() && !requests.isEmpty()) {
        return requests;
      }
    } catch (IOException e) {
      throw new CouldNotRun(file + " is neither YAML nor JSON: " + e.getMessage(), e);
    }
    throw new CouldNotRun(
        file + " must hold a list of {\"inputs\": [...], \"expect\": {...}} with at least one");
  }

  private Running start(
      Ending ending, Ports ports, Experiment planned, Screen screen, Instant since)
      throws CouldNotRun, InterruptedException {
    Startup startup =
        new Startup(
            installation,
            ending.workplace(),
            ending.parts(),
            ports,
            choices.where(),
            namespaces(planned),
            DemoExperiment.length(planned),
            client);
    List<String> all = Startup.parts(choices.where()).stream().map(PartName::word).toList();
    Map<String, Instant> ready = new LinkedHashMap<>();
    screen.say("starting " + String.join(", ", all));
    if (choices.where() instanceof Where.Sandbox) {
      screen.say(Safety.SAID);
    }
    return startup.start(
        part -> {
          if (all.contains(part.word())) {
            ready.put(part.word(), clock.instant());
            screen.say(part.word() + " is ready");
          }
        },
        () -> screen.show(new Starting(since, ready, all)));
  }

  private Set<String> namespaces(Experiment planned) {
    return switch (choices.where()) {
      case Where.Sandbox sandbox -> DemoExperiment.namespaces(planned);
      case Where.Existing existing -> Set.of(existing.namespace());
    };
  }

  private VerdictReached follow(
      Ending ending, Running running, DemoExperiment written, Screen screen, Instant since)
      throws CouldNotRun, InterruptedException {
    DemoExperiment filledIn = written.filledIn(running.model());
    Experiment experiment = filledIn.valid();
    SchedulerApi scheduler = new SchedulerApi(client, running.services().get(PartName.SCHEDULER));
    scheduler.define(experiment.name(), filledIn.text());
    RunId run = scheduler.run(experiment.name());
    try (RunFollower follower = new RunFollower(running.bootstrapServers())) {
      if (choices.where() instanceof Where.Existing) {
        ending.beforeStopping(new TakeBack(scheduler, run, running.bootstrapServers()));
      }
      Instant patience = clock.instant().plus(DemoExperiment.length(experiment)).plus(MARGIN);
      RunView view = RunView.EMPTY;
      Event<? extends RunData> last = null;
      while (!view.isJudged()) {
        for (Event<? extends RunData> event : follower.next(run, TICK)) {
          RunView before = view;
          view = view.after(event.data());
          Narration.of(event.data(), before, view).ifPresent(screen::say);
          last = event.data() instanceof VerdictReached ? event : last;
        }
        screen.show(view);
        check(ending.workplace(), ending.parts(), run, patience);
      }
      ending.beforeStopping(() -> {});
      VerdictReached verdict = view.verdict().orElseThrow();
      if (manner.json()) {
        System.out.println(StructuredEvent.of(last));
      }
      conclude(ending, screen, view, since, follower.unreadable());
      return verdict;
    }
  }

  private void check(Workplace workplace, Parts parts, RunId run, Instant patience)
      throws CouldNotRun {
    workplace.requireSpace();
    Optional<CouldNotRun> death = died(parts);
    if (death.isPresent()) {
      throw death.get();
    }
    if (clock.instant().isAfter(patience)) {
      throw new CouldNotRun(
          "Run "
              + run
              + " has no verdict "
              + MARGIN.toMinutes()
              + " minutes after it should have ended");
    }
  }

  private static Optional<CouldNotRun> died(Parts parts) {
    return parts.ended().map(Part::ended);
  }

  private void conclude(
      Ending ending, Screen screen, RunView view, Instant since, long unreadable) {
    Report report = new Report(Screens.glyphs());
    VerdictReached verdict = view.verdict().orElseThrow();
    Footing footing =
        new Footing(
            view.firstPrediction().map(first -> Duration.between(since, first)),
            ending.parts().memory());
    if (unreadable > 0) {
      screen.say(unreadable + " records of the run are no events; see greenstick.dead-letters");
    }
    screen.print(report.verdict(verdict));
    screen.print(List.of(AttributedString.EMPTY));
    screen.print(report.summary(view, footing));
  }
}
