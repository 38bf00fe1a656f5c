package dev.greenstick.scheduler;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus which topics must be there before the streams start and for the service to be
 * ready; topic names stand in the contracts only, so no file can say so.
 */
public final class AwaitedTopics implements ConfigSourceFactory {

  private static final String CLUSTERS = "greenstick.scheduler.clusters";
  private static final String TOPICS = "quarkus.kafka-streams.topics";
  private static final int BELOW_EVERY_OTHER = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue clusters = context.getValue(CLUSTERS);
    String value = clusters == null || clusters.getValue() == null ? "local" : clusters.getValue();
    return List.of(
        new PropertiesConfigSource(
            Map.of(TOPICS, String.join(",", topics(value))), "awaited-topics", BELOW_EVERY_OTHER));
  }

  static List<String> topics(String clusters) {
    List<String> names = new ArrayList<>(Scheduler.reads().stream().map(Topic::name).toList());
    Stream.of(clusters.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> Topics.commands(new ClusterName(name)).name())
        .forEach(names::add);
    names.add(Topics.DEAD_LETTERS);
    return names;
  }
}
