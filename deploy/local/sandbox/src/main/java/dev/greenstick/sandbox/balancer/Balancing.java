package dev.greenstick.sandbox.balancer;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** How the next connection's pod is chosen. */
@FunctionalInterface
public interface Balancing {

  /**
   * One of the choices, of which there is at least one. Called by several threads.
   *
   * @param <T> what is chosen
   */
  <T> T choose(List<T> choices);

  /** In turn, as IPVS does. */
  static Balancing roundRobin() {
    AtomicInteger next = new AtomicInteger();
    return new Balancing() {
      @Override
      public <T> T choose(List<T> choices) {
        return choices.get(Math.floorMod(next.getAndIncrement(), choices.size()));
      }
    };
  }

  /** At random, as kube-proxy's iptables rules do. */
  static Balancing random(RandomGenerator random) {
    return new Balancing() {
      @Override
      public synchronized <T> T choose(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
      }
    };
  }
}
