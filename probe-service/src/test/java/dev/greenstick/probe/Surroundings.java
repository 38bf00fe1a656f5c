package dev.greenstick.probe;

import dev.greenstick.broker.junit.RealKafkaResource;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.model.ModelServer;
import dev.greenstick.probe.watch.kubernetes.TestCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A real broker with all topics, a real model, and a cluster under the roles that ship. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  /** Setting that says where the model answers, for the test itself. */
  static final String MODEL_URL = "test.model-url";

  /** Setting that names a kubeconfig with all rights, for the test itself. */
  static final String ADMIN_KUBECONFIG = "test.admin-kubeconfig";

  /** fabric8's own system property for the kubeconfig. */
  private static final String KUBECONFIG = "kubeconfig";

  private final RealKafkaResource kafka = new RealKafkaResource();
  private ModelServer model;

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(kafka.start());
    createTopics(settings.get("kafka.bootstrap.servers"));
    try {
      model = ModelServer.start(dev.greenstick.model.Settings.onAnyPort("crescents"));
    } catch (IOException e) {
      throw new UncheckedIOException("the model does not start", e);
    }
    TestCluster cluster = TestCluster.shared();
    System.setProperty(KUBECONFIG, cluster.probeKubeconfig().toString());
    settings.put(ADMIN_KUBECONFIG, cluster.adminKubeconfig().toString());
    settings.put(MODEL_URL, model.url());
    settings.put("greenstick.cluster", Examples.CLUSTER.value());
    settings.put("greenstick.probe.heartbeat-every", "1s");
    settings.put("greenstick.probe.secrets.directory", secrets().toString());
    return settings;
  }

  /** A directory with files that experiments may name. */
  private static Path secrets() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "secrets").toAbsolutePath();
      Files.writeString(directory.resolve("echo-key"), "file-c0rrect-h0rse\n");
      Files.writeString(directory.resolve("two-lines"), "file-c0rrect\nh0rse");
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("the secrets cannot be written", e);
    }
  }

  private static void createTopics(String servers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics cannot be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  @Override
  public void stop() {
    System.clearProperty(KUBECONFIG);
    model.close();
    kafka.stop();
  }
}
