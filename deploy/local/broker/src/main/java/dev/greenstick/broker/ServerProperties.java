package dev.greenstick.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of a lone KRaft node on the loopback interface, as Kafka's {@code server.properties}
 * has them.
 */
final class ServerProperties {
  private static final String HOST = "127.0.0.1";

  private ServerProperties() {}

  static String bootstrapServers(int port) {
    return HOST + ":" + port;
  }

  static Map<String, String> of(Path data, int port, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry(
            "listeners",
            "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort),
        Map.entry("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("controller.quorum.voters", "1@" + HOST + ":" + controllerPort),
        Map.entry("log.dirs", data.toString()),
        // A topic that contracts did not create is a mistake, and must be seen as one.
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("min.insync.replicas", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
        Map.entry("log.index.size.max.bytes", "1048576"));
  }

  static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
