package dev.greenstick.verdict.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Examples;
import dev.greenstick.verdict.Verdicts;
import dev.greenstick.verdict.hypothesis.Bounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that do not run know nothing, which is not the same as that there is nothing. */
class HeldRunsTest {

  @TempDir private Path state;
  private KafkaStreams streams;
  private HeldRuns held;

  @BeforeEach
  void makeStreamsThatDoNotRun() {
    StreamsConfig settings =
        new StreamsConfig(
            Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG, "held",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
                StreamsConfig.APPLICATION_SERVER_CONFIG, "127.0.0.1:8084",
                StreamsConfig.STATE_DIR_CONFIG, state.toString()));
    streams =
        new KafkaStreams(
            new Verdicts(
                    Bounds.STANDARD,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    new SimpleMeterRegistry())
                .topology(),
            settings);
    held = new HeldRuns(streams, settings);
  }

  @AfterEach
  void close() {
    streams.close(Duration.ofSeconds(5));
  }

  @Test
  void oneRunIsNotAnsweredWithNotFound() {
    assertNotYet(() -> held.progress(Examples.RUN.id(), null));
  }

  @Test
  void theListOfRunsIsNotAnsweredWithAnEmptyOne() {
    assertNotYet(() -> held.each(_ -> {}));
  }

  private static void assertNotYet(ThrowingCallable asking) {
    assertThatThrownBy(asking)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.details().status()).isEqualTo(503);
              assertThat(refusal.details().detail()).contains("CREATED");
              assertThat(refusal.headers()).containsEntry("Retry-After", "1");
            });
  }
}
