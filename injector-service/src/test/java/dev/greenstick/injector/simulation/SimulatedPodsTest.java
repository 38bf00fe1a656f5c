package dev.greenstick.injector.simulation;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ConformanceImages;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.PodsContract;
import dev.greenstick.injector.target.Images;
import java.util.Map;

/** The simulation is worth as much as its cluster is like a real one. */
class SimulatedPodsTest extends PodsContract {

  private final SimulatedCluster cluster = new SimulatedCluster();

  @Override
  protected Pods pods() {
    return cluster;
  }

  @Override
  protected PodRef make(String name, Map<String, String> labels) {
    return cluster.add(
        "default",
        name,
        labels,
        new Images(
            Map.of("server", ConformanceImages.MODEL), Map.of("fetch", ConformanceImages.SHELL)));
  }

  @Override
  protected void touch(PodRef pod) {
    cluster.touch(pod);
  }
}
