package dev.greenstick.verdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  private static final Place PLACE =
      new Place(
          Map.of(
              "greenstick.runs", List.of(0L, 12L),
              "greenstick.faults", List.of(3L, 999_999_999_999L)));

  @Test
  void itIsReadBackAsItWasWritten() {
    assertThat(PLACE.text()).isEqualTo("faults:3,999999999999;runs:0,12");
    assertThat(Place.parse(PLACE.text())).contains(PLACE);
  }

  @Test
  void itMovesInOnePartitionAlone() {
    assertThat(PLACE.with("greenstick.runs", 1, 13).text())
        .isEqualTo("faults:3,999999999999;runs:0,13");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "runs",
        "runs:",
        "runs:1,",
        "runs:-1",
        "runs:1;",
        "runs:1;runs:2",
        "RUNS:1",
        "runs:1\n",
        "runs:9999999999999999999",
        "runs:1 ",
        ";runs:1"
      })
  void whatIsNoPlaceIsNotRead(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertThat(Place.parse("runs:1" + ",1".repeat(10_000))).isEmpty();
  }
}
