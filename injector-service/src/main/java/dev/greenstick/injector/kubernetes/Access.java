package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

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
}
