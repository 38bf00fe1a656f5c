package dev.greenstick.probe.predict.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.serving.ServingConformance.Demand;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every protocol against servers that speak it, by its published examples. */
class ServingConformanceTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Stream<Arguments> demands() {
    return Dialects.all().stream()
        .flatMap(
            dialect -> Arrays.stream(Demand.values()).map(demand -> Arguments.of(dialect, demand)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("demands")
  void aProtocolKeepsWhatItOwes(Dialect dialect, Demand demand) throws Exception {
    demand.check(new ServingConformance(vertx, Protocol.of(dialect.protocol()), dialect));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("demands")
  void oneThatDoesNothingMeetsNoDemand(Dialect dialect, Demand demand) {
    assertThatThrownBy(() -> demand.check(new ServingConformance(vertx, new DoNothing(), dialect)))
        .isInstanceOf(Throwable.class);
  }

  @Test
  void noProtocolIsLeftOut() {
    // When
    Set<ServingProtocol> spoken =
        Dialects.all().stream().map(Dialect::protocol).collect(Collectors.toSet());

    // Then
    assertThat(spoken)
        .as("the one that is left out has GrpcServingTest")
        .isEqualTo(EnumSet.complementOf(EnumSet.of(ServingProtocol.OPEN_INFERENCE_V2_GRPC)));
  }
}
