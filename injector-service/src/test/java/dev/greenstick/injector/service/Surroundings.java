package dev.greenstick.injector.service;

import dev.greenstick.broker.junit.RealKafkaResource;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.injector.kubernetes.TestCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A real broker with all topics, and a cluster under the roles that ship. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  /** Setting that names a kubeconfig with all rights, for the test itself. */
  static final String ADMIN_KUBECONFIG = "test.admin-kubeconfig";

  /** fabric8's own system property for the kubeconfig. */
  private static final String KUBECONFIG = "kubeconfig";

  private final RealKafkaResource kafka = new RealKafkaResource();
  private TestCluster cluster;

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(kafka.start());
    createTopics(settings.get("kafka.bootstrap.servers"));
    cluster = TestCluster.start();
    System.setProperty(KUBECONFIG, cluster.injectorKubeconfig().toString());
    settings.put(ADMIN_KUBECONFIG, cluster.adminKubeconfig().toString());
    settings.put("greenstick.cluster", Examples.CLUSTER.value());
    settings.put("greenstick.injector.namespaces", "default");
    settings.put("greenstick.injector.heartbeat-every", "1s");
    // Most tests have one pod each, and hit it.
    settings.put("greenstick.injector.most-down-percent", "100");
    settings.put("greenstick.injector.least-ready", "0");
    return settings;
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
    if (cluster != null) {
      cluster.close();
    }
    kafka.stop();
  }
}
