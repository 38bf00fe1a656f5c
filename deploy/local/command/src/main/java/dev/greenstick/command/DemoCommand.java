package dev.greenstick.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.demo.Choices;
import dev.greenstick.command.demo.Where;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.command.parts.Installation;
import dev.greenstick.command.parts.PartName;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaosReader;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the demo, each checked before anything is started. */
@Command(
    name = "demo",
    description = {
      "Runs one experiment on real parts, from hypothesis to verdict: a Kafka broker, the four services, and a sandbox"
          + " cluster whose pods serve a trained model.",
      "With --kubeconfig it runs on a cluster and a model that exist already, and touches nothing but the pods that the"
          + " fault selects.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 confirmed, 1 refuted, 2 inconclusive or aborted, 3 could not run."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int DEFAULT_REPLICAS = 3;
  private static final int MOST_REPLICAS = 20;
  private static final int HIGHEST_PORT = 65_535;
  private static final String OPEN_INFERENCE = "open-inference-v2";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "Pods that serve the model in the sandbox, 0 to 20 (default: 3)")
  private String replicas;

  @Option(
      names = "--fault",
      paramLabel = "JSON",
      description = "A Chaos Mesh PodChaos spec to inject instead of the experiment's own faults")
  private String fault;

  @Option(
      names = "--experiment",
      paramLabel = "FILE",
      description = {
        "Another experiment, YAML or JSON; clusters and the probe's url may be left out and are filled in"
      })
  private String experiment;

  @Option(
      names = "--baseline",
      paramLabel = "DURATION",
      description = "How long the steady state is measured, for example 10s")
  private String baseline;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description = "How long each fault lasts, for example 20s")
  private String duration;

  @Option(
      names = "--json",
      description =
          "Print the verdict's CloudEvent on standard output and nothing else; all else goes to standard error")
  private boolean json;

  @Option(
      names = "--keep",
      description = "After the verdict leave everything running, until Ctrl-C or greenstick stop")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PART=N",
      description = {
        "A fixed port instead of any free one, for broker, sandbox (its API), scheduler, injector, probe or verdict; may be"
            + " repeated"
      })
  private List<String> ports = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Use the cluster that this file's current context names instead of a sandbox; needs the next three")
  private String kubeconfig;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description =
          "The one namespace whose pods may be touched; the injector keeps its ledger there, too")
  private String namespace;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The model server's base URL, as this machine reaches it")
  private String target;

  @Option(names = "--model", paramLabel = "NAME", description = "The model's name on the server")
  private String model;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "How the server is asked: open-inference-v2, the default")
  private String protocol;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = {
        "What the model is asked, a list of {\"inputs\": [...], \"expect\": {...}} in YAML or JSON; without it zeros of the"
            + " shape that the model's metadata name, and correctness is not judged"
      })
  private String requests;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    Map<PartName, Integer> fixedPorts = ports();
    Choices choices = choices();
    Demo.Manner manner = new Demo.Manner(json, keep);
    return new Demo(Installation.fromProperties(), choices, fixedPorts, manner).run();
  }

  /** What was chosen, checked. */
  Choices choices() {
    return new Choices(
        where(),
        file("--experiment", experiment),
        Optional.ofNullable(fault).map(this::fault),
        duration("--baseline", baseline),
        duration("--duration", duration));
  }

  private Where where() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("--kubeconfig", kubeconfig);
    needed.put("--namespace", namespace);
    needed.put("--target", target);
    needed.put("--model", model);
    if (protocol != null && !protocol.equals(OPEN_INFERENCE)) {
      throw wrong(
          "--protocol", protocol, "must be " + OPEN_INFERENCE + ", others are not built yet");
    }
    if (needed.values().stream().allMatch(Objects::isNull)
        && protocol == null
        && requests == null) {
      return new Where.Sandbox(replicas());
    }
    if (replicas != null) {
      throw misuse(
          "--replicas is for the sandbox, and --kubeconfig is for a cluster that exists already");
    }
    List<String> missing =
        needed.entrySet().stream()
            .filter(option -> option.getValue() == null)
            .map(Map.Entry::getKey)
            .toList();
    if (!missing.isEmpty()) {
      throw misuse("A cluster that exists already also needs " + String.join(", ", missing));
    }
    return new Where.Existing(
        file("--kubeconfig", kubeconfig).orElseThrow().toAbsolutePath(),
        label("--namespace", namespace),
        url("--target", target),
        model,
        file("--requests", requests));
  }

  private int replicas() {
    return replicas == null
        ? DEFAULT_REPLICAS
        : number("--replicas", replicas, replicas, 0, MOST_REPLICAS);
  }

  private int number(String option, String written, String number, int least, int most) {
    try {
      int value = Integer.parseInt(number);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is out of range.
    }
    throw wrong(option, written, "must be a whole number from " + least + " to " + most);
  }

  private Map<PartName, Integer> ports() {
    Map<PartName, Integer> chosen = new EnumMap<>(PartName.class);
    for (String port : ports) {
      int equals = port.indexOf('=');
      PartName part =
          PartName.named(equals < 0 ? port : port.substring(0, equals))
              .filter(named -> equals > 0)
              .orElseThrow(
                  () ->
                      wrong(
                          "--port",
                          port,
                          "must be a part and its port, for example scheduler=8081; parts are "
                              + Arrays.stream(PartName.values())
                                  .map(PartName::word)
                                  .collect(Collectors.joining(", "))));
      int number = number("--port", port, port.substring(equals + 1), 1, HIGHEST_PORT);
      if (chosen.containsValue(number) || chosen.put(part, number) != null) {
        throw wrong("--port", port, "must name each part and each port once");
      }
    }
    return chosen;
  }

  private Optional<Path> file(String option, String written) {
    if (written == null) {
      return Optional.empty();
    }
    Path file = Path.of(written);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw wrong(option, written, "must be a file that can be read");
    }
    return Optional.of(file);
  }

  private Optional<Duration> duration(String option, String written) {
    return Optional.ofNullable(written)
        .map(parsed(option, GoDuration::parse))
        .filter(
            length -> {
              if (length.isZero()) {
                throw wrong(option, written, "must be longer than nothing");
              }
              return true;
            });
  }

  private Function<String, Duration> parsed(String option, Function<String, Duration> parse) {
    return written -> {
      try {
        return parse.apply(written);
      } catch (IllegalArgumentException e) {
        throw misuse(option + " " + e.getMessage());
      }
    };
  }

  private String label(String option, String written) {
    if (!written.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw wrong(option, written, "must be the name of a namespace");
    }
    return written;
  }

  private URI url(String option, String written) {
    try {
      URI url = URI.create(written);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, together with what is no web address.
    }
    throw wrong(option, written, "must be a URL like http://127.0.0.1:8080");
  }

  private JsonNode fault(String written) {
    switch (PodChaosReader.read(written)) {
      case PodChaosReader.Reading.Invalid invalid ->
          throw misuse(
              "--fault is not valid: "
                  + invalid.problems().stream()
                      .map(Problem::toString)
                      .collect(Collectors.joining("; ")));
      case PodChaosReader.Reading.Valid valid -> {
        try {
          return Json.mapper().readTree(written);
        } catch (JsonProcessingException e) {
          // YAML's flow style, which reads like JSON without quotes; its canonical form will do.
          return Json.mapper().valueToTree(valid.spec());
        }
      }
    }
  }

  private ParameterException wrong(String option, String written, String rule) {
    return misuse(option + " " + rule + ", but is: " + written);
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
