package dev.greenstick.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S,0s",
    "PT119S,119s",
    "PT2M,2m",
    "PT2M1S,2m1s",
    "PT10M5S,10m",
    "PT179M,179m",
    "PT3H,3h",
    "PT3H4M,3h4m",
    "PT9H,9h",
    "PT47H,47h",
    "P2D,2d",
    "P2DT3H,2d3h",
    "P9D,9d",
    "P800D,2y70d"
  })
  void anAgeIsShownAsKubectlShowsIt(Duration age, String shown) {
    assertThat(Ages.human(age)).isEqualTo(shown);
  }
}
