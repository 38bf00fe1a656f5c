package dev.greenstick.sandbox.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorsTest {

  private static ObjectNode pod() {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.putObject("metadata").put("name", "p").put("namespace", "default");
    pod.putObject("spec").put("nodeName", "n1");
    pod.putObject("status").put("phase", "Running");
    return pod;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=p | true",
        "metadata.name!=p | false",
        "spec.nodeName=n1,status.phase=Running | true",
        "status.phase!=Running | false",
        "status.podIP= | true"
      })
  void aFieldIsCompared(String selector, boolean expected) {
    assertThat(FieldSelectors.parse(selector, "Pod").test(pod())).isEqualTo(expected);
  }

  @Test
  void aFieldThatIsNotIndexedIsRefusedByName() {
    assertThatThrownBy(() -> FieldSelectors.parse("spec.dnsPolicy=x", "Pod"))
        .hasMessage("field label not supported: spec.dnsPolicy");
  }

  @Test
  void aFieldOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> FieldSelectors.parse("status.phase=Running", "ConfigMap"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
