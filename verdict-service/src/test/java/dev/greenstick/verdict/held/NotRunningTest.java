package dev.greenstick.verdict.held;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Examples;
import dev.greenstick.verdict.Verdicts;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.stream.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that do not run know nothing, which is not the same as that there is nothing. */
class NotRunningTest {

  private static final Ask EVERYTHING = new Ask(Filter.ALL, Optional.empty(), 10, List.of());

  @TempDir private Path state;
  private KafkaStreams streams;
  private Holders holders;
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
                    new Patience(
                        Duration.ofSeconds(10), Duration.ofMinutes(15), Duration.ofSeconds(1)),
                    Duration.ofDays(36_500),
                    new SimpleMeterRegistry())
                .topology(),
            settings);
    holders = new Holders(streams, settings);
    held = new HeldRuns(streams, new RunFigures(Bounds.STANDARD));
  }

  @AfterEach
  void close() {
    streams.close(Duration.ofSeconds(5));
  }

  @Test
  void nobodyIsNamedAsTheHolderOfARun() {
    assertNotNow(() -> holders.of(Examples.RUN.id()));
  }

  @Test
  void oneRunIsNotAnsweredWithNotFound() {
    Holders.Holder here = new Holders.Holder(0, new HostInfo("127.0.0.1", 8084), true);
    assertNotNow(() -> held.run(here, Examples.RUN.id()).progress());
  }

  @Test
  void aPartOfAListIsNotAnsweredWithAnEmptyOne() {
    assertNotNow(() -> held.page(List.of(0), EVERYTHING));
  }

  @Test
  void theListOfRunsIsNotAnsweredWithAnEmptyOne() {
    assertNotNow(() -> new AllRuns(holders, held, new OtherInstances(holders)).page(EVERYTHING));
  }

  private static void assertNotNow(ThrowingCallable asking) {
    assertThatThrownBy(asking).isInstanceOf(NotNow.class).hasMessageContaining("CREATED");
  }
}
