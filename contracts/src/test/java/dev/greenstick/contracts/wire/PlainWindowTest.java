package dev.greenstick.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.HealthWindow.Exemplar;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.contracts.id.EventId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The parser of every other event is the oracle. */
class PlainWindowTest {

  private static final ObjectReader PARSER = Json.mapper().readerFor(HealthWindow.class);
  private static final List<String> TEXTS =
      List.of("O", "a label", "", "\u00e9", "\"", "\\", "\u0000", "x".repeat(60_000));

  private static HealthWindow window(Random random) {
    boolean plain = random.nextInt(4) > 0;
    Map<String, Long> labels = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      labels.put(text(random, plain) + i, random.nextLong(plain ? 1_000 : Long.MAX_VALUE));
    }
    List<Exemplar> exemplars = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      exemplars.add(
          new Exemplar(
              instant(random),
              Failure.values()[random.nextInt(Failure.values().length)],
              text(random, plain)));
    }
    return new HealthWindow(
        Examples.RUN,
        Examples.PROBE,
        random.nextInt(Integer.MAX_VALUE),
        instant(random),
        new Answers(random.nextLong(1L << random.nextInt(1, 63)), 1, 2, 3, 4, 5, 6),
        text(random, plain),
        labels,
        random.nextInt(1_000) - (plain ? 0 : 500),
        exemplars,
        (long) random.nextInt(3),
        random.nextBoolean() ? Map.of() : Map.of("ok", text(random, plain), "wrong", "SElTVA=="),
        random.nextBoolean() ? null : text(random, plain),
        random.nextBoolean(),
        (long) random.nextInt(2));
  }

  private static String text(Random random, boolean plain) {
    return TEXTS.get(random.nextInt(plain ? 3 : TEXTS.size()));
  }

  private static Instant instant(Random random) {
    Instant second = Examples.START.plusSeconds(random.nextInt() * 10L);
    return switch (random.nextInt(3)) {
      case 0 -> second;
      case 1 -> second.plusMillis(random.nextInt(1_000));
      default -> second.plusNanos(random.nextInt(1_000_000_000));
    };
  }

  @Test
  void whatIsWrittenPlainlyIsReadAsTheParserReadsIt() throws Exception {
    int plain = 0;
    int windows = 3_000;
    for (long seed = 0; seed < windows; seed++) {
      // Given
      byte[] written = Json.mapper().writeValueAsBytes(window(new Random(seed)));

      // When
      HealthWindow read = PlainWindow.read(written);

      // Then
      if (read != null) {
        plain++;
        assertThat(read).as("seed %d", seed).isEqualTo(PARSER.<HealthWindow>readValue(written));
      }
    }
    assertThat(plain).isBetween(windows / 2, windows - 1);
  }

  @Test
  void whatIsSpoiltIsReadAsTheParserReadsItOrLeftToIt() {
    int read = 0;
    for (long seed = 0; seed < 60_000; seed++) {
      // Given
      Random random = new Random(seed);
      byte[] spoilt = Json.text(window(new Random(seed % 500))).getBytes(UTF_8);
      for (int i = random.nextInt(3); i >= 0; i--) {
        spoilt = spoilt(spoilt, random);
      }

      // When
      HealthWindow plain = PlainWindow.read(spoilt);

      // Then
      if (plain != null) {
        read++;
        assertThat(parsed(spoilt))
            .as("seed %d: %s", seed, new String(spoilt, UTF_8))
            .isEqualTo(plain);
      }
    }
    assertThat(read).isGreaterThan(100);
  }

  private static byte[] spoilt(byte[] good, Random random) {
    byte[] spoilt = good.clone();
    int at = random.nextInt(good.length);
    switch (random.nextInt(4)) {
      case 0 -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> spoilt[at] = (byte) "0123456789-.eE\"\\:,{}[] TZ".charAt(random.nextInt(25));
      case 2 -> {
        spoilt = new byte[good.length - 1];
        System.arraycopy(good, 0, spoilt, 0, at);
        System.arraycopy(good, at + 1, spoilt, at, good.length - at - 1);
      }
      default -> {
        spoilt = new byte[good.length + 1];
        System.arraycopy(good, 0, spoilt, 0, at);
        spoilt[at] = good[random.nextInt(good.length)];
        System.arraycopy(good, at, spoilt, at + 1, good.length - at);
      }
    }
    return spoilt;
  }

  private static Object parsed(byte[] value) {
    try {
      return PARSER.readValue(value);
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void instantsAndIdsAreReadAsTheJdkReadsThemOrLeftToIt() {
    int instants = 0;
    for (long seed = 0; seed < 60_000; seed++) {
      // Given
      Random random = new Random(seed);
      byte[] instant = instant(random).toString().getBytes(UTF_8);
      byte[] id = new UUID(random.nextLong(), random.nextLong()).toString().getBytes(UTF_8);
      if (seed % 3 > 0) {
        instant = spoilt(instant, random);
        id = spoilt(id, random);
      }

      // When
      Instant plain = PlainInstant.parse(instant, 0, instant.length);
      UUID plainId = PlainUuid.parse(id);

      // Then
      if (plain != null) {
        instants++;
        assertThat(instantOf(new String(instant, UTF_8))).as("seed %d", seed).isEqualTo(plain);
      }
      if (plainId != null) {
        assertThat(EventId.parse(new String(id, UTF_8)).value())
            .as("seed %d", seed)
            .isEqualTo(plainId);
      }
      assertThat(seed % 3 > 0 || plain != null && plainId != null).as("seed %d", seed).isTrue();
    }
    assertThat(instants).isLessThan(60_000);
  }

  private static Object instantOf(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return e;
    }
  }
}
