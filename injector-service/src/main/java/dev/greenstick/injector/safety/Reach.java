package dev.greenstick.injector.safety;

import dev.greenstick.contracts.PodRef;
import java.util.Collection;
import java.util.Set;

/** Which pods a fault takes down, as far as can be said before it does. */
public sealed interface Reach {

  /** Exactly these. */
  record Hits(Set<PodRef> pods) implements Reach {

    public Hits {
      pods = Set.copyOf(pods);
    }

    /** Exactly these. */
    public Hits(Collection<PodRef> pods) {
      this(Set.copyOf(pods));
    }
  }

  /**
   * Some of these, and nobody knows which.
   *
   * @param among who may be hit
   * @param most how many at most
   */
  record Some(Set<PodRef> among, int most) implements Reach {

    public Some {
      among = Set.copyOf(among);
    }
  }

  /**
   * So many of the workloads that these belong to that this is left, and nobody knows which.
   *
   * @param of pods of the workloads
   * @param replicas what each workload keeps
   */
  record Keeps(Set<PodRef> of, int replicas) implements Reach {

    public Keeps {
      of = Set.copyOf(of);
    }
  }
}
