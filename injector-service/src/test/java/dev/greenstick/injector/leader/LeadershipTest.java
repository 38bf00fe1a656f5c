package dev.greenstick.injector.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Examples;
import dev.greenstick.injector.cluster.ClusterException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private Instant now = Examples.START;
  private final Leadership leadership = new Leadership(() -> now);

  @Test
  void lease_that_was_not_renewed_is_over_though_nobody_said_so() {
    // Given
    leadership.holds(now.plusSeconds(10));
    boolean before = leadership.leads();

    // When
    now = now.plusSeconds(10);

    // Then
    assertThat(before).isTrue();
    assertThat(leadership.leads()).isFalse();
    assertThatThrownBy(() -> leadership.require("delete pod default/model-1"))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isTrue())
        .hasMessageContaining("delete pod default/model-1");
  }

  @Test
  void whoever_was_late_to_renew_begins_anew_and_whoever_was_not_goes_on() {
    // Given
    AtomicInteger begun = new AtomicInteger();
    leadership.whenGained(begun::incrementAndGet);
    leadership.holds(now.plusSeconds(10));
    now = now.plusSeconds(5);
    leadership.holds(now.plusSeconds(10));
    int inTime = begun.get();

    // When
    now = now.plusSeconds(11);
    leadership.holds(now.plusSeconds(10));

    // Then
    assertThat(inTime).isEqualTo(1);
    assertThat(begun).hasValue(2);
  }
}
