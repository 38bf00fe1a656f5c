package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.cluster.ResourcesContract;

/**
 * Against the sandbox's API server, as one who may do everything: the contract patches policies.
 */
class KubernetesResourcesTest extends ResourcesContract {

  private final TestCluster cluster = TestCluster.shared();

  @Override
  protected Resources resources() {
    return new KubernetesResources(cluster.admin());
  }
}
