package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.leader.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/**
 * One that stands for election, with a short lease; for tests, which wait for what they expect.
 *
 * @param election as it ships
 * @param leadership what it tells
 */
record LeaderElections(LeaseElection election, Leadership leadership) {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static LeaderElections stand(KubernetesClient client, String identity) {
    InstantSource clock = InstantSource.system();
    Leadership leadership = new Leadership(clock);
    LeaseElection election =
        new LeaseElection(
            client,
            "greenstick",
            identity,
            LEASE,
            leadership,
            clock,
            Executors.newVirtualThreadPerTaskExecutor());
    election.start(() -> {}, () -> {});
    return new LeaderElections(election, leadership);
  }

  /** Whether it leads within ten seconds. */
  boolean leads() {
    try {
      return leadership.await(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to lead", e);
    }
  }

  /** Whether it hears of a standby within ten seconds. */
  boolean seesStandby() {
    Instant end = InstantSource.system().instant().plus(PATIENCE);
    boolean seen = election.hasStandby();
    while (!seen && InstantSource.system().instant().isBefore(end)) {
      seen = election.hasStandby();
    }
    return seen;
  }

  void leave() {
    election.leave();
  }
}
