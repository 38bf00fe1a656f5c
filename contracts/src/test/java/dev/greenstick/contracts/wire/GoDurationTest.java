package dev.greenstick.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  /** Go's own table, {@code parseDurationTests} of {@code time_test.go}, less the negative ones. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5s, 5000000000",
    "30s, 30000000000",
    "1478s, 1478000000000",
    "+5s, 5000000000",
    "+0, 0",
    "5.0s, 5000000000",
    "5.6s, 5600000000",
    "5.s, 5000000000",
    ".5s, 500000000",
    "1.0s, 1000000000",
    "1.00s, 1000000000",
    "1.004s, 1004000000",
    "1.0040s, 1004000000",
    "100.00100s, 100001000000",
    "10ns, 10",
    "11us, 11000",
    "12µs, 12000",
    "12μs, 12000",
    "13ms, 13000000",
    "14s, 14000000000",
    "15m, 900000000000",
    "16h, 57600000000000",
    "3h30m, 12600000000000",
    "10.5s4m, 250500000000",
    "1h2m3s4ms5us6ns, 3723004005006",
    "39h9m14.425s, 140954425000000",
    "52763797000ns, 52763797000",
    "0.3333333333333333333h, 1200000000000",
    "9007199254740993ns, 9007199254740993",
    "9223372036854775807ns, 9223372036854775807",
    "9223372036854775.807us, 9223372036854775807",
    "9223372036s854ms775us807ns, 9223372036854775807",
    "0.100000000000000000000h, 360000000000",
    "0.830103483285477580700h, 2988372539827"
  })
  void whatGoReadsIsReadToTheNanosecond(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  /** Go's own table, {@code parseDurationErrorTests}, and what is negative or ISO 8601. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "-",
        "s",
        ".",
        "-.",
        ".s",
        "+.s",
        "1d",
        "\\x85\\x85",
        "\\xffff",
        "hello \\xffff world",
        "9223372036854775810ns",
        "9223372036854775808ns",
        "9223372036854775.808us",
        "9223372036854ms775us808ns",
        "3000000h",
        "-5s",
        "-1h",
        "--5s",
        "++5s",
        "5 s",
        "5s ",
        "PT5M",
        "P",
        "٣s"
      })
  void whatGoDoesNotReadIsRefusedAndSoIsWhatIsNegative(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longTextsAreRefusedUnread() {
    assertThatThrownBy(() -> GoDuration.parse("1h".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is 2000000 characters long");
  }

  /** Go's own table of {@code Duration.String}, with us for µs. */
  @ParameterizedTest
  @CsvSource({
    "0s, 0",
    "1ns, 1",
    "1.1us, 1100",
    "2.2ms, 2200000",
    "3.3s, 3300000000",
    "4m5s, 245000000000",
    "4m5.001s, 245001000000",
    "5h6m7.001s, 18367001000000",
    "8m0.000000001s, 480000000001",
    "2562047h47m16.854775807s, 9223372036854775807",
    "1m0s, 60000000000",
    "1h0m0s, 3600000000000"
  })
  void durationsAreWrittenAsGoWritesThem(String text, long nanos) {
    assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsWrittenIsReadAgain(long seed) {
    // Given
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >>> (1 + random.nextInt(63)));

      // When
      String text = GoDuration.format(duration);

      // Then
      assertThat(text).matches(GoDuration.PATTERN);
      assertThat(GoDuration.parse(text)).as(text).isEqualTo(duration);
    }
  }

  @Test
  void aNegativeDurationIsNotWritten() {
    assertThatThrownBy(() -> GoDuration.format(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
