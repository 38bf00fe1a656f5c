package dev.greenstick.probe.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertLedgerTest {

  private static final Instant START = Examples.START;
  private static final Map<String, String> LABELS = Map.of("team", "ml");

  private static final AlertFeed POLLED =
      new AlertFeed(
          AlertFeed.Source.PROMETHEUS,
          URI.create("http://prometheus.example"),
          null,
          null,
          LABELS,
          Duration.ofSeconds(1));
  private static final AlertFeed TOLD =
      new AlertFeed(AlertFeed.Source.WEBHOOK, null, null, null, Map.of(), null);

  private static AlertLedger ledger(AlertFeed... feeds) {
    return new AlertLedger(Examples.RUN, List.of(feeds), START, true);
  }

  private static Firing burn(Optional<Instant> since) {
    return new Firing("Burn", LABELS, since, Optional.empty(), false);
  }

  private static Sight seen(Firing... firing) {
    return new Sight.Seen(List.of(firing));
  }

  private static AlertObserved observed(Instant fired, Instant resolved, Instant acknowledged) {
    return new AlertObserved(Examples.RUN, "Burn", LABELS, fired, resolved, acknowledged);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  @Test
  void anAlertFiresWhenALookFirstSeesItAndIsResolvedWhenOneNoLongerDoes() {
    // Given
    AlertLedger ledger = ledger(POLLED);

    // When, Then
    assertThat(ledger.looked(0, at(0), seen())).isEmpty();
    assertThat(ledger.looked(0, at(5), seen(burn(Optional.empty()))))
        .containsExactly(observed(at(5), null, null));
    assertThat(ledger.looked(0, at(6), seen(burn(Optional.empty())))).isEmpty();
    assertThat(ledger.looked(0, at(9), seen())).containsExactly(observed(at(5), at(9), null));
    assertThat(ledger.looked(0, at(10), seen())).isEmpty();
    assertThat(ledger.looked(0, at(12), seen(burn(Optional.empty()))))
        .as("it fires again")
        .containsExactly(observed(at(12), null, null));
  }

  @Test
  void whatFiresAtTheFirstLookFiredBeforeTheRun() {
    // Given
    Firing pending = new Firing("Burn", LABELS, Optional.empty(), Optional.of(at(-100)), false);

    // When, Then
    assertThat(ledger(POLLED).looked(0, at(1), seen(pending)))
        .containsExactly(observed(at(-100), null, null));
    assertThat(ledger(POLLED).looked(0, at(1), seen(burn(Optional.empty()))))
        .containsExactly(observed(START, null, null));
    assertThat(ledger(POLLED).looked(0, at(1), seen(burn(Optional.of(at(-5))))))
        .containsExactly(observed(at(-5), null, null));
  }

  @Test
  void alertsWithOtherLabelsAreNotLookedFor() {
    // Given
    Firing other =
        new Firing("Burn", Map.of("team", "web"), Optional.empty(), Optional.empty(), false);

    // When, Then
    assertThat(ledger(POLLED).looked(0, at(1), seen(other))).isEmpty();
  }

  @Test
  void anAcknowledgementOrASilenceIsToldOnceWithItsInstant() {
    // Given
    AlertLedger ledger = ledger(POLLED);
    ledger.looked(0, at(4), seen());
    ledger.looked(0, at(5), seen(burn(Optional.empty())));
    Told elsewhere = new Told.Acknowledged("Burn", Map.of("team", "web"), Optional.empty());
    Told acknowledged = new Told.Acknowledged("Burn", Map.of(), Optional.of(at(8)));

    // When, Then
    assertThat(ledger.told(at(9), elsewhere)).isEmpty();
    assertThat(ledger.told(at(9), acknowledged)).containsExactly(observed(at(5), null, at(8)));
    assertThat(ledger.told(at(10), acknowledged)).isEmpty();
    Firing silenced = new Firing("Burn", LABELS, Optional.empty(), Optional.empty(), true);
    assertThat(ledger.looked(0, at(11), seen(silenced))).isEmpty();
    assertThat(ledger(POLLED).looked(0, at(11), seen(silenced)))
        .containsExactly(observed(START, null, null), observed(START, null, at(11)));
  }

  @Test
  void whatAWebhookTellsIsTakenAlsoWhenTheResolutionComesFirst() {
    // Given
    AlertLedger ledger = ledger(POLLED, TOLD);
    Told resolved = new Told.Resolved(burn(Optional.of(at(3))), Optional.of(at(7)));

    // When, Then
    assertThat(ledger.told(at(4), new Told.Fires(burn(Optional.of(at(3))))))
        .containsExactly(observed(at(3), null, null));
    assertThat(ledger.told(at(5), new Told.Fires(burn(Optional.of(at(3)))))).isEmpty();
    assertThat(ledger.told(at(8), resolved)).containsExactly(observed(at(3), at(7), null));
    assertThat(ledger.told(at(9), resolved)).isEmpty();
    assertThat(ledger(TOLD).told(at(8), resolved))
        .containsExactly(observed(at(3), null, null), observed(at(3), at(7), null));
    assertThat(ledger(POLLED).told(at(4), new Told.Fires(burn(Optional.empty()))))
        .as("nobody said that a webhook is to be heard")
        .isEmpty();
  }

  @Test
  void aWatchIsWholeOnlyWhereEverySourceAnsweredAllTheTime() {
    // Given
    AlertLedger whole = ledger(POLLED);
    AlertLedger gap = ledger(POLLED);
    for (int second = 0; second <= 60; second++) {
      whole.looked(0, at(second), second % 7 == 0 ? seen() : new Sight.Unanswered("busy"));
      gap.looked(
          0, at(second), second < 20 || second > 40 ? seen() : new Sight.Unanswered("status 503"));
    }

    // When, Then
    assertThat(whole.until(at(61))).isEqualTo(new AlertWatch(true, ""));
    assertThat(gap.until(at(61)).whole()).isFalse();
    assertThat(gap.until(at(61)).reason())
        .contains("http://prometheus.example", at(19).toString(), "status 503");
    assertThat(ledger(POLLED).until(at(61)).whole()).as("never answered").isFalse();
    assertThat(ledger(TOLD).until(at(61)).reason()).startsWith("a webhook");
    assertThat(new AlertLedger(Examples.RUN, List.of(POLLED), START, false).until(START).whole())
        .as("after a crash")
        .isFalse();
  }

  @Test
  void alertsWithoutEndAreBoundedAndTheWatchIsNotWhole() {
    // Given
    AlertLedger ledger = ledger(TOLD);
    for (int i = 0; i < AlertLedger.MOST + 10; i++) {
      Map<String, String> labels = Map.of("pod", "pod-" + i);
      ledger.told(
          at(1),
          new Told.Fires(new Firing("Burn", labels, Optional.empty(), Optional.empty(), false)));
    }

    // When, Then
    assertThat(ledger.until(at(2)).reason()).isEqualTo("more than 1000 alerts fired");
  }
}
