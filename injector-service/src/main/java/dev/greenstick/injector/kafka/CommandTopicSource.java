package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Reactive Messaging the topic and the group of the commands, which follow from the cluster:
 * topic names stand in {@link Topics} and nowhere else.
 */
public final class CommandTopicSource implements ConfigSourceFactory {

  private static final String CHANNEL = "mp.messaging.incoming.commands.";

  /** Below application.properties: what is set there wins. */
  private static final int ORDINAL = 240;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue cluster = context.getValue("greenstick.cluster");
    if (cluster == null || cluster.getValue() == null) {
      // The settings are validated later, and say that it is missing.
      return List.of();
    }
    ClusterName name = new ClusterName(cluster.getValue());
    return List.of(
        new PropertiesConfigSource(
            Map.of(
                CHANNEL + "topic",
                Topics.commands(name).name(),
                CHANNEL + "group.id",
                "greenstick-injector-" + name.value()),
            "greenstick command topic",
            ORDINAL));
  }
}
