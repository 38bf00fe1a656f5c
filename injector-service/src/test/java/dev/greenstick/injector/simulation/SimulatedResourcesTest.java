package dev.greenstick.injector.simulation;

import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.cluster.ResourcesContract;

class SimulatedResourcesTest extends ResourcesContract {

  private final SimulatedCluster cluster = new SimulatedCluster();

  @Override
  protected Resources resources() {
    return cluster;
  }
}
