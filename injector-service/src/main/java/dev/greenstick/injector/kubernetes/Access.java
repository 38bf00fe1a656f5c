package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.Settings;
import dev.greenstick.injector.leader.Election;
import dev.greenstick.injector.leader.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Gives the rest of the injector its cluster, through the client that Quarkus configures. */
@Singleton
class Access {

  @Produces
  @Singleton
  KubernetesPods pods(KubernetesClient client) {
    return new KubernetesPods(client);
  }

  @Produces
  @Singleton
  KubernetesResources resources(KubernetesClient client) {
    return new KubernetesResources(client);
  }

  @Produces
  @Singleton
  KubernetesContainers containers(KubernetesClient client) {
    return new KubernetesContainers(client);
  }

  @Produces
  @Singleton
  ConfigMapLedger ledger(KubernetesClient client, Settings settings) {
    return new ConfigMapLedger(client, settings.injector().ledgerNamespace());
  }

  @Produces
  @Singleton
  Election election(
      KubernetesClient client, Settings settings, Leadership leadership, Clock clock) {
    return settings.injector().leaderElection()
        ? new LeaseElection(
            client,
            settings.injector().ledgerNamespace(),
            settings.injector().identity(),
            settings.injector().lease(),
            leadership,
            clock,
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("injector-election-", 0).factory()))
        : Election.alone(leadership);
  }
}
