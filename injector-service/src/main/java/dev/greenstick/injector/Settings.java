package dev.greenstick.injector;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.injector.safety.LabelRule;
import dev.greenstick.injector.safety.Limits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.Converter;

/** Everything that can be set, under {@code greenstick}. */
@ConfigMapping(prefix = "greenstick")
public interface Settings {

  /** The cluster that this injector serves; part of the name of its command topic. */
  @WithConverter(ClusterNames.class)
  ClusterName cluster();

  /** What concerns the injector alone. */
  Injecting injector();

  /** CloudEvents' source of everything that this injector emits. */
  default URI source() {
    return URI.create("/clusters/" + cluster().value() + "/injector");
  }

  /** Settings under {@code greenstick.injector}. */
  interface Injecting {

    /** Namespaces that faults may touch; none when not set. {@code kube-*} never. */
    Optional<Set<String>> namespaces();

    /** How many faults may be at work at once. */
    @WithDefault("5")
    int mostFaults();

    /** How much of a workload may be down at once, in percent, whatever took it down. */
    @WithDefault("50")
    int mostDownPercent();

    /** How many pods of a workload stay ready. */
    @WithDefault("1")
    int leastReady();

    /** Labels, as {@code KEY} or {@code KEY=VALUE}, whose pods are never touched. */
    @WithDefault("greenstick.dev/protected,app.kubernetes.io/part-of=greenstick")
    Optional<List<LabelRule>> protectedLabels();

    /** When set, pods or their namespaces must have this label to be touched. */
    Optional<LabelRule> optInLabel();

    /** The namespace of the ledger's ConfigMaps. */
    @WithDefault("greenstick")
    String ledgerNamespace();

    /** Whether faults are only checked, and their victims chosen and told. */
    @WithDefault("false")
    boolean dryRun();

    /** Whether several injectors may serve this cluster; without, there must be one alone. */
    @WithDefault("true")
    boolean leaderElection();

    /** How long others wait for a leader that does not renew its Lease; at least 3 s. */
    @WithDefault("15s")
    Duration lease();

    /**
     * The name of this process among those that stand for election; best the pod's, which lets a
     * restarted container go on at once. Two that live at the same time must not have the same.
     */
    @WithDefault("${HOSTNAME:injector}-${quarkus.uuid}")
    String identity();

    /** What pod-failure lets a pod run; best an image that is on the nodes already. */
    @WithDefault("registry.k8s.io/pause:3.10")
    String pauseImage();

    /**
     * What container-kill runs in an ephemeral container: a shell and strace 6.6 or newer. Without
     * one only pods that share their processes can be hit.
     */
    @WithDefault("nicolaka/netshoot:v0.16")
    Optional<String> toolImage();

    /** How long after its deadline, or its end, a command is still known when it comes again. */
    @WithDefault("24h")
    Duration memory();

    /** How often leftovers are looked for. */
    @WithDefault("60s")
    Duration sweepEvery();

    /** How often the injector says that it is there. */
    @WithDefault("5s")
    Duration heartbeatEvery();

    /** How much faults may do within the allowed namespaces. */
    default Limits limits() {
      return new Limits(
          mostFaults(),
          mostDownPercent(),
          leastReady(),
          protectedLabels().orElse(List.of()),
          optInLabel());
    }
  }

  /** Reads a cluster's name. */
  final class ClusterNames implements Converter<ClusterName> {

    private static final long serialVersionUID = 1L;

    @Override
    public ClusterName convert(String value) {
      return new ClusterName(value);
    }
  }
}
