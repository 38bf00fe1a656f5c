package dev.greenstick.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {

  private static String said(int status, String... arguments) {
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    CommandLine command =
        Greenstick.commandLine()
            .setErr(new PrintWriter(err, true))
            .setOut(new PrintWriter(out, true));
    assertThat(command.execute(arguments)).isEqualTo(status);
    return err.toString() + out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --replicas   | 21        | --replicas must be a whole number from 0 to 20, but is: 21
          --replicas   | three     | --replicas must be a whole number from 0 to 20, but is: three
          --experiment | /no/where | --experiment must be a file that can be read, but is: /no/where
          --baseline   | soon      | --baseline must be a duration like 300ms, 1.5h or 2h45m, but is: soon
          --duration   | 0s        | --duration must be longer than nothing, but is: 0s
          --port       | web=1     | --port must be a part and its port, for example scheduler=8081; parts are broker, sandbox, scheduler, injector, probe, verdict, but is: web=1
          --port       | probe=0   | --port must be a whole number from 1 to 65535, but is: probe=0
          --protocol   | grpc      | --protocol must be open-inference-v2, others are not built yet, but is: grpc
          --model      | iris      | A cluster that exists already also needs --kubeconfig, --namespace, --target
          """)
  void aBadValueIsOneLineThatNamesTheOption(String option, String value, String line) {
    assertThat(said(3, "demo", option, value))
        .isEqualTo(line + "; see greenstick demo --help" + System.lineSeparator());
  }

  @Test
  void everyProblemOfAFaultIsNamed() {
    assertThat(said(3, "demo", "--fault", "{\"action\":\"pod-failure\"}"))
        .startsWith("--fault is not valid: mode: is missing")
        .contains("selector: is missing");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(said(3, "demo", "--replica", "2")).startsWith("Unknown option");
  }

  @Test
  void withoutACommandTheWayToHelpIsShown() {
    assertThat(said(3)).isEqualTo("Which command?; see greenstick --help" + System.lineSeparator());
  }

  @Test
  void helpSaysWhatTheExitStatusMeans() {
    assertThat(said(0, "demo", "--help"))
        .contains("0 confirmed, 1 refuted, 2 inconclusive or aborted, 3 could not run");
  }
}
