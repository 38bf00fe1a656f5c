package dev.greenstick.injector.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Ledger} must do. */
public abstract class LedgerContract {

  private static int faults;

  protected abstract Ledger ledger();

  /** An entry of a fault that no other test has. */
  private static Entry barred() {
    Instant when = Examples.START.plusSeconds(++faults);
    RunRef run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, when);
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new Entry(fault, run, null, new State.Barred("stopped", when));
  }

  private static Entry ended(Entry entry) {
    return new Entry(
        entry.fault(),
        entry.run(),
        Order.of(Examples.faultInject()),
        new State.Ended(null, Examples.faultRefused()));
  }

  private Recorded created(Entry entry) {
    return ledger().create(entry).orElseThrow(() -> new AssertionError("there already"));
  }

  @Test
  void created_entry_is_found_as_it_was() {
    // Given
    Entry entry = barred();

    // When
    Optional<Recorded> created = ledger().create(entry);

    // Then
    assertThat(created).isPresent();
    assertThat(ledger().find(entry.fault())).isEqualTo(created);
    assertThat(created).map(Recorded::entry).hasValue(entry);
  }

  @Test
  void unknown_fault_has_no_entry_until_it_is_created() {
    // Given
    Entry entry = barred();

    // When
    Optional<Recorded> found = ledger().find(entry.fault());

    // Then
    assertThat(found).isEmpty();
    assertThat(ledger().create(entry)).isPresent();
  }

  @Test
  void second_create_of_a_fault_does_nothing() {
    // Given
    Entry entry = barred();
    Recorded first = created(entry);

    // When
    Optional<Recorded> second = ledger().create(ended(entry));

    // Then
    assertThat(second).isEmpty();
    assertThat(ledger().find(entry.fault())).hasValue(first);
  }

  @Test
  void entry_is_replaced_by_its_next_state() {
    // Given
    Entry entry = barred();
    Recorded first = created(entry);

    // When
    Optional<Recorded> next = ledger().replace(first, ended(entry));

    // Then
    assertThat(next).map(Recorded::entry).hasValue(ended(entry));
    assertThat(ledger().find(entry.fault())).isEqualTo(next);
  }

  @Test
  void replacing_a_version_that_is_no_longer_current_does_nothing() {
    // Given
    Entry entry = barred();
    Recorded first = created(entry);
    Optional<Recorded> second = ledger().replace(first, ended(entry));

    // When
    Optional<Recorded> late = ledger().replace(first, entry);

    // Then
    assertThat(late).isEmpty();
    assertThat(ledger().find(entry.fault())).isEqualTo(second).isPresent();
  }

  @Test
  void replacing_an_entry_that_is_gone_does_nothing() {
    // Given
    Entry entry = barred();
    Recorded first = created(entry);
    ledger().remove(first);

    // When
    Optional<Recorded> late = ledger().replace(first, ended(entry));

    // Then
    assertThat(late).isEmpty();
    assertThat(ledger().find(entry.fault())).isEmpty();
  }

  @Test
  void removing_a_version_that_is_no_longer_current_does_nothing() {
    // Given
    Entry entry = barred();
    Recorded first = created(entry);
    Optional<Recorded> second = ledger().replace(first, ended(entry));

    // When
    ledger().remove(first);

    // Then
    assertThat(ledger().find(entry.fault())).isEqualTo(second).isPresent();
  }

  @Test
  void open_and_settled_entries_are_listed_apart() {
    // Given
    Recorded settled = created(barred());
    Recorded open = created(ended(barred()));

    // When
    List<Recorded> listedOpen = ledger().open();
    List<Recorded> listedSettled = ledger().settled();

    // Then
    assertThat(listedOpen).contains(open).doesNotContain(settled);
    assertThat(listedSettled).contains(settled).doesNotContain(open);
  }

  @Test
  void entry_that_settles_moves_to_the_settled_ones() {
    // Given
    Entry entry = ended(barred());
    Recorded open = created(entry);
    State.Ended ended = (State.Ended) entry.state();

    // When
    Optional<Recorded> closed = ledger().replace(open, entry.in(ended.told(Examples.START)));

    // Then
    assertThat(ledger().settled()).contains(closed.orElseThrow());
    assertThat(ledger().open()).noneMatch(each -> each.entry().fault().equals(entry.fault()));
  }
}
