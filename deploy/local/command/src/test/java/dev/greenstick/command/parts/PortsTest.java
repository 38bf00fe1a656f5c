package dev.greenstick.command.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.command.outcome.CouldNotRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aPortInUseIsNamedWithItsOption() throws Exception {
    // Given
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      // When / Then
      assertThatThrownBy(() -> new Ports(Map.of(PartName.PROBE, port), new Random(1)))
          .isInstanceOf(CouldNotRun.class)
          .hasMessage(
              "Port %d, asked for with --port probe=%d, is in use: free it or choose another"
                  .formatted(port, port));
    }
  }

  @Test
  void noPortIsGivenTwice() throws Exception {
    // Given
    var ports = new Ports(Map.of(), new Random(7));
    Set<Integer> given = new HashSet<>();

    // When
    for (int i = 0; i < 50; i++) {
      given.add(ports.anyFree());
    }

    // Then
    assertThat(given).hasSize(50);
  }
}
