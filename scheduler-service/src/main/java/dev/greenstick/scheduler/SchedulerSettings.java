package dev.greenstick.scheduler;

import dev.greenstick.contracts.id.ClusterName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/** What an installation may set; an unknown key is fatal and named. */
@ConfigMapping(prefix = "greenstick.scheduler")
public interface SchedulerSettings {

  /** The clusters that have agents and a command topic; runs on others are skipped. */
  @WithDefault("local")
  Set<ClusterName> clusters();

  /**
   * Whether the API may listen on an address that is not loopback: it does not know its users, so
   * whoever reaches it may break things.
   */
  @WithDefault("false")
  boolean allowRemote();

  /** How often timers are looked at. */
  @WithDefault("100ms")
  Duration tick();

  /** How late a run may begin. */
  @WithDefault("10m")
  Duration startingDeadline();

  /** How long an agent may not be heard before its cluster counts as offline. */
  @WithDefault("30s")
  Duration agentSilence();

  /** How many runs may go on at once; any number when it is not set. */
  OptionalInt mostRuns();

  /** How many runs may go on at once on one cluster. */
  OptionalInt mostRunsOfACluster();

  /** How many runs may go on at once whose faults may touch one namespace of one cluster. */
  OptionalInt mostRunsOfANamespace();

  /** How long an ended run is remembered; longer than the starting deadline. */
  @WithDefault("7d")
  Duration remember();

  /** How long a run waits for each of those it depends on. */
  Waits timeouts();

  /** See {@link dev.greenstick.scheduler.saga.Timeouts}. */
  interface Waits {

    @WithDefault("10s")
    Duration definition();

    @WithDefault("15s")
    Duration probeStart();

    @WithDefault("15s")
    Duration baselineVerdict();

    @WithDefault("20s")
    Duration injectAnswer();

    @WithDefault("30s")
    Duration revertMargin();

    @WithDefault("20s")
    Duration probeFinish();
  }
}
