package dev.greenstick.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.greenstick.broker.BrokerException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  @TempDir Path temporary;

  @Test
  void aClosedBrokerLeavesNoProcessNoPortAndNoDirectory() throws Exception {
    // Given
    var broker = KafkaBroker.start(BrokerSettings.temporary());
    assertThat(topics(broker)).isEmpty();

    // When
    broker.close();
    broker.close();

    // Then
    assertThat(broker.isRunning()).isFalse();
    assertThat(broker.directory()).doesNotExist();
    assertFree(port(broker));
  }

  @Test
  void aBrokerStartedAgainInItsDirectoryAndPortHasItsTopics() throws Exception {
    // Given
    var settings = BrokerSettings.temporary().in(temporary);
    int port;
    try (var broker = KafkaBroker.start(settings);
        var admin = admin(broker)) {
      port = port(broker);
      admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1))).all().get();
    }

    // When
    try (var again = KafkaBroker.start(settings.on(port))) {
      // Then
      assertThat(port(again)).isEqualTo(port);
      assertThat(topics(again)).containsExactly("kept");
    }
    assertThat(temporary).isNotEmptyDirectory();
  }

  @Test
  void aBrokerKilledOutrightHasItsTopicsWhenStartedAgain() throws Exception {
    // Given
    var settings = BrokerSettings.temporary().in(temporary);
    try (var broker = KafkaBroker.start(settings);
        var admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
      ProcessHandle.of(broker.pid()).orElseThrow().destroyForcibly();
      ProcessHandle.of(broker.pid()).ifPresent(process -> process.onExit().join());
    }

    // When
    try (var again = KafkaBroker.start(settings)) {
      // Then
      assertThat(topics(again)).containsExactly("kept");
    }
  }

  @Test
  void aParentKilledOutrightLeavesNoBrokerBehind() throws Exception {
    // Given
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var parent =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Parent.class.getName())
            .start();
    String[] said = parent.inputReader(StandardCharsets.UTF_8).readLine().split(" ");
    var broker = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();

    // When
    parent.destroyForcibly();

    // Then
    broker.onExit().get(20, TimeUnit.SECONDS);
    assertFree(Integer.parseInt(said[1]));
    assertThat(Path.of(said[2])).doesNotExist();
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      var refused = refused(BrokerSettings.temporary().on(taken.getLocalPort()));

      // Then
      assertThat(refused.reason()).isEqualTo(Reason.PORT_IN_USE);
      assertThat(refused)
          .hasMessageContaining("port " + taken.getLocalPort())
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void aDirectoryThatCannotBeIsNamed() throws Exception {
    // Given
    var directory = Files.createFile(temporary.resolve("file")).resolve("below");

    // When
    var refused = refused(BrokerSettings.temporary().in(directory));

    // Then
    assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
    assertThat(refused).hasMessageContaining(directory.toString()).message().hasLineCount(1);
  }

  @Test
  void aDirectoryThatAnotherBrokerHasIsNamed() throws Exception {
    // Given
    var settings = BrokerSettings.temporary().in(temporary);
    try (var first = KafkaBroker.start(settings)) {
      // When
      var refused = refused(settings);

      // Then
      assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_IN_USE);
      assertThat(refused).hasMessageContaining(temporary.toString()).message().hasLineCount(1);
      assertThat(topics(first)).isEmpty();
    }
  }

  @Test
  void tooLittleSpaceIsNamed() {
    // When
    var refused = refused(BrokerSettings.temporary().in(temporary).needing(Long.MAX_VALUE));

    // Then
    assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
    assertThat(refused).hasMessageContaining(temporary.toString()).message().hasLineCount(1);
  }

  @Test
  void aJvmThatDoesNotStartIsQuoted() {
    // When
    var refused =
        refused(BrokerSettings.temporary().in(temporary).with(List.of("-XX:NoSuchOption")));

    // Then
    assertThat(refused.reason()).isEqualTo(Reason.EXITED);
    assertThat(refused).hasMessageContaining("status 1").hasMessageContaining("NoSuchOption");
  }

  @Test
  void aBrokerThatDoesNotAnswerInTimeIsStopped() {
    // When
    var refused = refused(BrokerSettings.temporary().in(temporary).waiting(Duration.ofMillis(1)));

    // Then
    assertThat(refused.reason()).isEqualTo(Reason.NOT_ANSWERING);
    assertThat(
            ProcessHandle.current()
                .children()
                .flatMap(child -> child.info().commandLine().stream()))
        .noneMatch(command -> command.contains(temporary.toString()));
  }

  /** Starts a broker, says which, and waits to be killed. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      var broker = KafkaBroker.start(BrokerSettings.temporary());
      System.out.println(broker.pid() + " " + port(broker) + " " + broker.directory());
      Thread.currentThread().join();
    }
  }

  private static BrokerException refused(BrokerSettings settings) {
    return catchThrowableOfType(BrokerException.class, () -> KafkaBroker.start(settings).close());
  }

  private static Set<String> topics(KafkaBroker broker) throws Exception {
    try (var admin = admin(broker)) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin(KafkaBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static int port(KafkaBroker broker) {
    return Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
  }

  private static void assertFree(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }
}
