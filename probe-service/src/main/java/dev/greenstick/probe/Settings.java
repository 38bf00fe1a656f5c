package dev.greenstick.probe;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Everything that can be set, under {@code greenstick}; an unknown name keeps it from starting. */
@ConfigMapping(prefix = "greenstick")
public interface Settings {

  /** The cluster that this probe serves; part of the name of its command topic. */
  @WithConverter(ClusterNames.class)
  ClusterName cluster();

  /** What concerns the probe alone. */
  Probing probe();

  /** CloudEvents' source of everything that this probe emits. */
  default URI source() {
    return URI.create("/clusters/" + cluster().value() + "/probe");
  }

  /** Settings under {@code greenstick.probe}. */
  interface Probing {

    /** The name of this agent, unique within its cluster. */
    @WithDefault("probe")
    String agent();

    /**
     * Whether each prediction gets a connection of its own ({@code new}), or used ones are kept.
     */
    @WithDefault("new")
    Connections connections();

    /** How often the probe says that it is there. */
    @WithDefault("5s")
    Duration heartbeatEvery();

    /** From the command to the first intended instant: time to prepare. */
    @WithDefault("100ms")
    Duration lead();

    /** A window in which the prober sent anything later than intended by more is marked as late. */
    @WithDefault("100ms")
    Duration lateness();

    /** How many measurements wait for the broker at most. */
    @WithDefault("100000")
    int outbox();

    /** Alerts that the probe is told of. */
    Alerts alerts();

    /** Files that probes name. */
    Inputs inputs();

    /** Secrets that probes name. */
    Secrets secrets();

    /** What one run may ask for. */
    Limits limits();

    /** How long stopping may take. */
    Shutdown shutdown();
  }

  /** What one run may ask for. */
  interface Limits {

    /** Probes in a run. */
    @WithDefault("1000")
    int probes();

    /** Predictions a second of one probe. */
    @WithDefault("5000")
    double rate();

    /** The timeout of a prediction. */
    @WithDefault("60s")
    Duration timeout();

    /** Predictions of one probe that may wait for answers at once: rate times timeout. */
    @WithDefault("20000")
    int inFlight();

    /** How long a run may last. */
    @WithDefault("24h")
    Duration longest();

    /** Bytes of an answer that are read; a longer one is malformed. */
    @WithDefault("1048576")
    int answerBytes();
  }

  /** Alerts that the probe is told of over its HTTP port. */
  interface Alerts {

    /** A file with the token that whoever tells must send; anybody may tell without. */
    Optional<Path> tokenFile();
  }

  /** Files that probes name: requests, right answers, recorded arrivals. */
  interface Inputs {

    /**
     * The directory that they are read from, beneath it and nowhere else; none are read without.
     */
    Optional<Path> directory();

    /** How long a file may be, in bytes. */
    @WithDefault("16777216")
    int bytes();

    /** How many requests or instants a file may hold. */
    @WithDefault("100000")
    int lines();
  }

  /** Secrets that probes name. */
  interface Secrets {

    /** The namespace whose Kubernetes Secrets may be named: the probe's own. */
    @WithDefault("greenstick")
    String namespace();

    /** The directory whose files may be named, and no others. */
    @WithDefault("/etc/greenstick/secrets")
    Path directory();
  }

  /** How long stopping may take, in all the sum of both. */
  interface Shutdown {

    /** For the windows that were begun. */
    @WithDefault("1500ms")
    Duration finish();

    /** For the broker to take what was emitted. */
    @WithDefault("800ms")
    Duration flush();
  }

  /** Reads a cluster's name. */
  final class ClusterNames implements Converter<ClusterName> {

    private static final long serialVersionUID = 1;

    @Override
    public ClusterName convert(String value) {
      return new ClusterName(value);
    }
  }
}
