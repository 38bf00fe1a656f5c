package dev.greenstick.command.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {

  private static List<String> changes(String now, String then) throws JsonProcessingException {
    return Change.between(Json.mapper().readTree(now), Json.mapper().readTree(then)).stream()
        .map(Change::line)
        .toList();
  }

  @Test
  void everyDifferenceIsAtItsPath() throws JsonProcessingException {
    assertThat(
            changes(
                """
                {"spec": {"baseline": "20s", "clusters": ["a", "b"], "dryRun": true, "steps": [{"name": "x"}]}}
                """,
                """
                {"spec": {"baseline": "30s", "clusters": ["a"], "steps": [{"name": "x"}, {"name": "y"}]}}
                """))
        .containsExactly(
            "~ spec.baseline: \"20s\" -> \"30s\"",
            "- spec.clusters[1]: \"b\"",
            "- spec.dryRun: true",
            "+ spec.steps[1]: {\"name\":\"y\"}");
  }

  @Test
  void whatIsEqualHasNone() throws JsonProcessingException {
    assertThat(changes("{\"a\": [1, {\"b\": 2.5}]}", "{\"a\": [1, {\"b\": 2.5}]}")).isEmpty();
  }

  @Test
  void anotherKindOfValueIsAChange() throws JsonProcessingException {
    assertThat(changes("{\"a\": [1]}", "{\"a\": {\"b\": 1}}"))
        .containsExactly("~ a: [1] -> {\"b\":1}");
  }
}
