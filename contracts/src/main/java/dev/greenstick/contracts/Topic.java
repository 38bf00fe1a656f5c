package dev.greenstick.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A topic as a typed value.
 *
 * @param name the name on the broker
 * @param keyedBy what the record key is
 * @param family the sealed interface of the events it holds
 * @param owner who alone writes it
 * @param partitions how many partitions; the same for all topics keyed by run, so that they are
 *     co-partitioned
 * @param cleanup what the broker keeps
 */
public record Topic<E extends EventData>(
    String name, Key keyedBy, Class<E> family, Owner owner, int partitions, Cleanup cleanup) {

  /** What a topic's record key is. */
  public enum Key {
    EXPERIMENT,
    RUN,
    EXPERIMENT_OR_RUN,
    AGENT,
    SCOPE
  }

  /**
   * The one service that writes a topic; the experiments topic takes GitOps producers beside it.
   */
  public enum Owner {
    SCHEDULER,
    INJECTOR,
    PROBE,
    VERDICT,
    AGENTS
  }

  /** What the broker keeps of a topic. */
  public enum Cleanup {
    /** The last record of each key; a tombstone deletes. */
    COMPACT,
    /** Every record, until the retention that the installation sets. */
    KEEP
  }

  public Topic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(keyedBy, "keyedBy");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(cleanup, "cleanup");
    if (!family.isSealed()) {
      throw new IllegalArgumentException(
          family.getName() + " must be sealed: a topic's events are a closed list");
    }
  }

  /** The records of this topic's family, in the order in which the family permits them. */
  public List<Class<? extends E>> types() {
    return Arrays.stream(family.getPermittedSubclasses())
        .<Class<? extends E>>map(type -> type.asSubclass(family))
        .toList();
  }
}
