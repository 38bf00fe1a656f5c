package dev.greenstick.probe.emit.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Gives the channels their topics, so that a topic's name stands in the contracts alone. */
public final class TopicNames implements ConfigSourceFactory {

  /** Below application.properties, so that nothing there is hidden. */
  private static final int ORDINAL = 100;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue cluster = context.getValue("greenstick.cluster");
    if (cluster == null || cluster.getValue() == null) {
      // The settings themselves say that it is missing.
      return List.of();
    }
    Map<String, String> topics =
        Map.of(
            "mp.messaging.incoming.commands.topic",
            Topics.commands(new ClusterName(cluster.getValue())).name(),
            "mp.messaging.outgoing.health.topic",
            Topics.HEALTH.name(),
            "mp.messaging.outgoing.agents.topic",
            Topics.AGENTS.name(),
            "mp.messaging.outgoing.dead-letters.topic",
            Topics.DEAD_LETTERS);
    return List.of(new PropertiesConfigSource(topics, "topics of the contracts", ORDINAL));
  }
}
