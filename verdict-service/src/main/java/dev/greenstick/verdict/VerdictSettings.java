package dev.greenstick.verdict;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set; an unknown key is fatal and named. */
@ConfigMapping(prefix = "greenstick.verdict")
public interface VerdictSettings {

  /**
   * How long after a run's end its history may lack something before it is judged by what is there.
   */
  @WithDefault("10s")
  Duration deadline();

  /**
   * How much longer than planned a run may take before it is judged without its end. Above what the
   * scheduler's timeouts may add.
   */
  @WithDefault("15m")
  Duration overrun();

  /** How often deadlines are looked at. */
  @WithDefault("500ms")
  Duration tick();

  /**
   * How long ago a run may have been due before it leaves the stores; its history stays in Kafka.
   */
  @WithDefault("90d")
  Duration retention();

  /** When a prober's own lateness spoils what it measured. */
  Lateness lateness();

  /** The live stream of events. */
  Live live();

  /** Bounds of the live stream. */
  interface Live {

    /** How many subscribers one instance has at most. */
    @WithDefault("100")
    int subscribers();

    /** How long a subscriber hears nothing at most. */
    @WithDefault("10s")
    Duration heartbeat();
  }

  /** See {@link dev.greenstick.verdict.hypothesis.Bounds}. */
  interface Lateness {

    /** By how much a prober may send later than intended within a window. */
    @WithDefault("100ms")
    Duration bound();

    /** Which share of a phase's windows may be late before its latencies are unknown. */
    @WithDefault("0.05")
    double share();
  }
}
