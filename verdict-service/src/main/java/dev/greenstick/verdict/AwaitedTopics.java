package dev.greenstick.verdict;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus which topics must be there before the streams start and for the service to be
 * ready; topic names stand in the contracts only, so no file can say so.
 */
public final class AwaitedTopics implements ConfigSourceFactory {

  private static final int BELOW_EVERY_OTHER = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String topics =
        Stream.concat(Verdicts.topics().stream().map(Topic::name), Stream.of(Topics.DEAD_LETTERS))
            .collect(Collectors.joining(","));
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.kafka-streams.topics", topics), "awaited-topics", BELOW_EVERY_OTHER));
  }
}
