package dev.greenstick.injector.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.injector.target.Images;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryTextTest {

  private static final Plan PLAN =
      new Plan(
          List.of(
              new Victim(
                  Examples.POD, new Images(Map.of("server", "model:1"), Map.of("pull", "git:2")))),
          3,
          Examples.START,
          Examples.START.plusSeconds(30));

  static Stream<State> states() {
    State.Live live = new State.Live(PLAN, Examples.faultInjected());
    return Stream.of(
        new State.Barred("stopped", Examples.START),
        new State.Intended(PLAN),
        live,
        live.undoing(new Ending.Revert(Cause.COMMANDED, "stopped")),
        new State.Intended(PLAN).undoing(new Ending.Failure("denied"), PLAN.pods()),
        new State.Ended(Examples.faultInjected(), Examples.faultReverted()),
        new State.Ended(null, Examples.faultRefused()),
        new State.Ended(null, Examples.faultFailed()),
        new State.Closed("FaultReverted", Examples.START));
  }

  @ParameterizedTest
  @MethodSource("states")
  void entry_is_read_as_it_was_written(State state) {
    // Given
    Order order = state instanceof State.Barred ? null : Order.of(Examples.faultInject());
    Entry entry = new Entry(Examples.FAULT, Examples.RUN, order, state);

    // When
    Entry read = EntryText.read(EntryText.write(entry));

    // Then
    assertThat(read).isEqualTo(entry);
    assertThat(read.state().outbox()).isEqualTo(state.outbox());
  }

  @ParameterizedTest
  @MethodSource("states")
  void labels_are_valid_and_tell_what_is_still_to_do(State state) {
    // Given
    Entry entry = new Entry(Examples.FAULT, Examples.RUN, null, state);

    // When
    Map<String, String> labels = EntryText.labels(entry);

    // Then
    boolean settled = state instanceof State.Barred || state instanceof State.Closed;
    assertThat(labels).containsEntry(EntryText.LEDGER, settled ? "settled" : "open");
    assertThat(labels.values())
        .allMatch(value -> value.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
  }

  @Test
  void something_else_is_no_entry() {
    assertThatThrownBy(() -> EntryText.read("{\"fault\": 3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no ledger entry");
  }

  @Test
  void event_that_ends_nothing_cannot_end_a_fault() {
    assertThatThrownBy(() -> new State.Ended(null, Examples.faultInjected()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
