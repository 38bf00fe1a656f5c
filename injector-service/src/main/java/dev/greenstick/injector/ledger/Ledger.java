package dev.greenstick.injector.ledger;

import dev.greenstick.contracts.id.FaultId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the entries where they outlive the injector. Every write is conditional, so that of two
 * injectors one loses. Blocks; safe for many threads.
 *
 * <p>All methods throw {@link dev.greenstick.injector.cluster.ClusterException} when the cluster
 * does not answer or denies; a write may then have happened all the same.
 */
public interface Ledger {

  /**
   * An entry as it was read or written.
   *
   * @param entry the entry
   * @param version which version of it, opaque
   */
  record Recorded(Entry entry, String version) {

    public Recorded {
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(version, "version");
    }
  }

  /** The entry of a fault; empty when there is none. */
  Optional<Recorded> find(FaultId fault);

  /** Writes an entry of a fault that has none; empty when it has one. */
  Optional<Recorded> create(Entry entry);

  /** Replaces an entry; empty when it has changed since, or is gone. */
  Optional<Recorded> replace(Recorded last, Entry next);

  /** Removes an entry unless it has changed since. */
  void remove(Recorded last);

  /** All entries that are not closed and not barred. */
  List<Recorded> open();

  /** All entries that only wait to be forgotten: closed and barred. */
  List<Recorded> settled();
}
