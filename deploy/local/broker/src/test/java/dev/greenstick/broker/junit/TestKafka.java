package dev.greenstick.broker.junit;

import dev.greenstick.broker.BrokerException;
import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * One Kafka for tests. The system property {@code greenstick.test.kafka} says {@code container} or
 * {@code process} where the choice must not be left to whether a Docker engine answers.
 */
sealed interface TestKafka extends AutoCloseable {
  /** The system property that overrides the choice. */
  String CHOICE = "greenstick.test.kafka";

  BootstrapServers bootstrapServers();

  @Override
  void close();

  static TestKafka start() {
    return inContainer() ? Container.start() : Local.start();
  }

  private static boolean inContainer() {
    return switch (System.getProperty(CHOICE, "")) {
      case "container" -> true;
      case "process" -> false;
      case "" -> dockerIsConfigured() && DockerClientFactory.instance().isDockerAvailable();
      case String other ->
          throw new IllegalArgumentException(
              CHOICE + " must be container or process, not \"" + other + "\"");
    };
  }

  // Testcontainers tries for seconds, and logs at length, where there is nothing to find.
  private static boolean dockerIsConfigured() {
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"))
        || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
  }

  /** The broker's image, at the version of the clients. */
  record Container(KafkaContainer container) implements TestKafka {
    static Container start() {
      var container =
          new KafkaContainer("apache/kafka-native:" + AppInfoParser.getVersion())
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
      container.start();
      return new Container(container);
    }

    @Override
    public BootstrapServers bootstrapServers() {
      return new BootstrapServers(container.getBootstrapServers());
    }

    @Override
    public void close() {
      container.stop();
    }
  }

  /** The same broker without Docker. */
  record Local(KafkaBroker broker) implements TestKafka {
    static Local start() {
      try {
        return new Local(KafkaBroker.start(BrokerSettings.temporary()));
      } catch (BrokerException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public BootstrapServers bootstrapServers() {
      return new BootstrapServers(broker.bootstrapServers());
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
