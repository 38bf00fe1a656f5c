package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.probe.predict.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's examples are probes that can be asked. */
class ProtocolExamplesTest {

  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(- .*?)```", Pattern.DOTALL);

  private static final String HEAD =
      """
      apiVersion: greenstick.dev/v1
      kind: Experiment
      metadata: {name: example}
      spec:
        clusters: [eu-1]
        steps:
          - name: s
            branches:
              - actions: [{podChaos: {action: pod-kill, mode: one, selector: {namespaces: [a]}}}]
        probes:
      """;

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static Probe probe(String example) {
    ExperimentReader.Reading reading = ExperimentReader.read(HEAD + example.indent(4));
    assertThat(reading).isInstanceOf(ExperimentReader.Reading.Valid.class);
    return ((ExperimentReader.Reading.Valid) reading).experiment().spec().probes().get(0);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsReadAndCanBeAsked(String example) {
    // When
    Probe probe = probe(example);

    // Then
    Protocol protocol = Protocol.of(probe.protocol());
    assertThat(protocol.problems(probe)).isEmpty();
    assertThat(protocol.with(probe, "run-").ask(0).url().toString())
        .startsWith(probe.url().toString());
  }

  @Test
  void everyProtocolHasAnExample() throws Exception {
    // When
    Set<ServingProtocol> shown =
        examples().stream().map(example -> probe(example).protocol()).collect(Collectors.toSet());

    // Then
    assertThat(shown).isEqualTo(EnumSet.allOf(ServingProtocol.class));
  }
}
