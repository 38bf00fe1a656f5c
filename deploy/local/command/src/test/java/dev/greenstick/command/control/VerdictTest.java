package dev.greenstick.command.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.ExitStatus;
import dev.greenstick.contracts.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final JsonNode RUN =
      Json.mapper().createObjectNode().put("id", "r").put("cluster", "local");

  private static Verdict verdict(String outcome) {
    return Verdict.of(
        RUN, Json.mapper().createObjectNode().put("outcome", outcome).put("reason", "because"));
  }

  @Test
  void theWorstOfAllRunsIsTheExitStatus() {
    Verdict confirmed = verdict("confirmed");
    Verdict refuted = verdict("refuted");
    Verdict none = Verdict.none(RUN, "skipped");
    assertThat(Verdict.worst(List.of(confirmed, confirmed))).isEqualTo(ExitStatus.CONFIRMED);
    assertThat(Verdict.worst(List.of(confirmed, none))).isEqualTo(ExitStatus.INCONCLUSIVE);
    assertThat(Verdict.worst(List.of(none, refuted))).isEqualTo(ExitStatus.REFUTED);
    assertThat(Verdict.worst(List.of(verdict("inconclusive")))).isEqualTo(ExitStatus.INCONCLUSIVE);
  }

  @Test
  void aRunWithoutAVerdictSaysWhy() {
    assertThat(Verdict.none(RUN, "skipped: it is halted").lines())
        .containsExactly("run r on local is inconclusive: skipped: it is halted");
  }
}
