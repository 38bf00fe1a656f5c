package dev.greenstick.contracts;

import dev.greenstick.contracts.id.ClusterName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics on a broker with the settings that the contracts give them. */
public final class TopicCreation {

  /** History is what this product is for, so nothing is deleted by age. */
  private static final String FOR_EVER = "-1";

  private TopicCreation() {}

  /** All topics for these clusters, for a broker or an installer. */
  public static List<NewTopic> topics(Collection<ClusterName> clusters, short replicas) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic<?> topic : Topics.all(clusters)) {
      topics.add(newTopic(topic.name(), topic.partitions(), replicas, topic.cleanup()));
    }
    topics.add(
        newTopic(Topics.DEAD_LETTERS, Topics.DEAD_LETTER_PARTITIONS, replicas, Topic.Cleanup.KEEP));
    return topics;
  }

  /**
   * Creates what is missing and leaves the rest as it is.
   *
   * @throws ExecutionException when the broker refuses one for another reason than that it exists
   */
  public static void createMissing(Admin admin, Collection<ClusterName> clusters, short replicas)
      throws InterruptedException, ExecutionException {
    for (var creation : admin.createTopics(topics(clusters, replicas)).values().values()) {
      try {
        creation.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static NewTopic newTopic(
      String name, int partitions, short replicas, Topic.Cleanup cleanup) {
    Map<String, String> settings =
        cleanup == Topic.Cleanup.COMPACT
            ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
            : Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                FOR_EVER);
    return new NewTopic(name, partitions, replicas).configs(settings);
  }
}
