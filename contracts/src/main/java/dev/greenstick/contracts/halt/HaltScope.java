package dev.greenstick.contracts.halt;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.util.Optional;

/**
 * What a halt stops.
 *
 * @param cluster one cluster; null for any
 * @param experiment one experiment; null for any
 */
public record HaltScope(ClusterName cluster, ExperimentName experiment) {

  /** Everything, everywhere. */
  public static final HaltScope EVERYTHING = new HaltScope(null, null);

  private static final String ALL = "everything";
  private static final String CLUSTER = "cluster/";
  private static final String EXPERIMENT = "experiment/";

  public HaltScope {
    if (cluster != null && experiment != null) {
      throw new IllegalArgumentException(
          "a halt stops everything, one cluster or one experiment, not a pair");
    }
  }

  /**
   * Reads {@code everything}, {@code cluster/NAME} or {@code experiment/NAME}.
   *
   * @throws IllegalArgumentException when the text is none of these
   */
  @JsonCreator
  public static HaltScope parse(String text) {
    if (text.equals(ALL)) {
      return EVERYTHING;
    }
    if (text.startsWith(CLUSTER)) {
      return new HaltScope(new ClusterName(text.substring(CLUSTER.length())), null);
    }
    if (text.startsWith(EXPERIMENT)) {
      return new HaltScope(null, new ExperimentName(text.substring(EXPERIMENT.length())));
    }
    throw new IllegalArgumentException(
        "a halt's scope is everything, cluster/NAME or experiment/NAME, but is: " + text);
  }

  /** Whether a run of the experiment on the cluster is stopped by a halt of this scope. */
  public boolean covers(ClusterName ofCluster, ExperimentName ofExperiment) {
    return Optional.ofNullable(cluster).map(ofCluster::equals).orElse(true)
        && Optional.ofNullable(experiment).map(ofExperiment::equals).orElse(true);
  }

  @Override
  @JsonValue
  public String toString() {
    if (cluster != null) {
      return CLUSTER + cluster;
    }
    return experiment != null ? EXPERIMENT + experiment : ALL;
  }
}
