package dev.greenstick.probe.alert;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.AlertFeed.Source;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The alerts of one run, as they were seen and told so far: every change of one becomes an event.
 * For one thread at a time.
 */
public final class AlertLedger {

  /** How many alerts of a run are told apart. */
  static final int MOST = 1_000;

  /** For this long, or three looks, a source may be silent before it counts as not watched. */
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final RunRef run;
  private final List<AlertFeed> feeds;
  private final Instant startedAt;
  private final Instant[] lastSeen;
  private final Set<Integer> seenOnce = new HashSet<>();
  private final Map<Key, State> alerts = new LinkedHashMap<>();
  private String notWhole = "";

  private record Key(int feed, String alert, Map<String, String> labels) {}

  private record State(
      Instant firedAt, Optional<Instant> resolvedAt, Optional<Instant> acknowledgedAt) {}

  /**
   * @param isFresh whether the run begins now; one that was interrupted was not watched meanwhile
   */
  public AlertLedger(RunRef run, List<AlertFeed> feeds, Instant startedAt, boolean isFresh) {
    this.run = run;
    this.feeds = List.copyOf(feeds);
    this.startedAt = startedAt;
    this.lastSeen = new Instant[feeds.size()];
    if (!isFresh) {
      notWhole = "the probe was down for a part of the run";
    }
  }

  /** Takes in what a look at a feed saw at an instant; what changed by it. */
  public List<AlertObserved> looked(int feed, Instant at, Sight sight) {
    return switch (sight) {
      case Sight.Unanswered(String reason) -> {
        silent(feed, at, reason);
        yield List.of();
      }
      case Sight.Seen(List<Firing> firing) -> {
        silent(feed, at, "it was not answered in time");
        lastSeen[feed] = at;
        yield seen(feed, at, firing);
      }
    };
  }

  private List<AlertObserved> seen(int feed, Instant at, List<Firing> firing) {
    List<AlertObserved> changes = new ArrayList<>();
    boolean isFirst = seenOnce.add(feed);
    Set<Key> now = new HashSet<>();
    for (Firing one : firing) {
      if (one.has(feeds.get(feed).labels())) {
        now.add(key(feed, one));
        // What fires at the first look fired before it: its condition is the best that is known.
        Instant since =
            one.since().orElseGet(() -> isFirst ? one.pendingSince().orElse(startedAt) : at);
        fires(key(feed, one), since, changes);
        if (one.isSilenced()) {
          acknowledge(key(feed, one), at, changes);
        }
      }
    }
    for (Key known : List.copyOf(alerts.keySet())) {
      if (known.feed == feed && !now.contains(known)) {
        resolve(known, at, changes);
      }
    }
    return changes;
  }

  /** Takes in what was told at an instant; what changed by it. */
  public List<AlertObserved> told(Instant at, Told told) {
    List<AlertObserved> changes = new ArrayList<>();
    switch (told) {
      case Told.Fires(Firing firing) ->
          webhooks(firing).forEach(key -> fires(key, firing.since().orElse(at), changes));
      case Told.Resolved(Firing firing, Optional<Instant> when) ->
          webhooks(firing)
              .forEach(
                  key -> {
                    // A resolution may be the first that is told of an alert.
                    fires(key, firing.since().orElse(at), changes);
                    resolve(key, when.orElse(at), changes);
                  });
      case Told.Acknowledged(String alert, Map<String, String> labels, Optional<Instant> when) ->
          alerts.keySet().stream()
              .filter(key -> key.alert.equals(alert))
              .filter(key -> key.labels.entrySet().containsAll(labels.entrySet()))
              .toList()
              .forEach(key -> acknowledge(key, when.orElse(at), changes));
    }
    return changes;
  }

  private List<Key> webhooks(Firing firing) {
    List<Key> keys = new ArrayList<>();
    for (int feed = 0; feed < feeds.size(); feed++) {
      if (feeds.get(feed).source() == Source.WEBHOOK && firing.has(feeds.get(feed).labels())) {
        keys.add(key(feed, firing));
      }
    }
    return keys;
  }

  private static Key key(int feed, Firing firing) {
    return new Key(feed, firing.alert(), firing.labels());
  }

  private void fires(Key key, Instant since, List<AlertObserved> changes) {
    State known = alerts.get(key);
    boolean again = known != null && known.resolvedAt.isPresent() && since.isAfter(known.firedAt);
    if (known == null && alerts.size() >= MOST) {
      notWhole = "more than " + MOST + " alerts fired";
      return;
    }
    if (known == null || again) {
      change(key, new State(since, Optional.empty(), Optional.empty()), changes);
    }
  }

  private void resolve(Key key, Instant at, List<AlertObserved> changes) {
    State known = alerts.get(key);
    if (known != null && known.resolvedAt.isEmpty()) {
      change(key, new State(known.firedAt, Optional.of(at), known.acknowledgedAt), changes);
    }
  }

  private void acknowledge(Key key, Instant at, List<AlertObserved> changes) {
    State known = alerts.get(key);
    if (known != null && known.acknowledgedAt.isEmpty()) {
      change(key, new State(known.firedAt, known.resolvedAt, Optional.of(at)), changes);
    }
  }

  private void change(Key key, State state, List<AlertObserved> changes) {
    alerts.put(key, state);
    changes.add(
        new AlertObserved(
            run,
            key.alert,
            key.labels,
            state.firedAt,
            state.resolvedAt.orElse(null),
            state.acknowledgedAt.orElse(null)));
  }

  /** Whether alerts were looked for all the time until now. */
  public AlertWatch until(Instant now) {
    boolean asked = false;
    for (int feed = 0; feed < feeds.size(); feed++) {
      if (feeds.get(feed).source() != Source.WEBHOOK) {
        asked = true;
        silent(feed, now, "it was not answered");
      }
    }
    if (!asked && notWhole.isEmpty()) {
      notWhole = "a webhook tells what fires, and cannot tell that nothing does";
    }
    return new AlertWatch(notWhole.isEmpty(), notWhole);
  }

  private void silent(int feed, Instant now, String reason) {
    Instant since = Objects.requireNonNullElse(lastSeen[feed], startedAt);
    Duration three = feeds.get(feed).every().multipliedBy(3);
    Duration most = three.compareTo(LONGEST_SILENCE) > 0 ? three : LONGEST_SILENCE;
    if (notWhole.isEmpty() && Duration.between(since, now).compareTo(most) > 0) {
      notWhole =
          "alerts[%d], %s, told nothing from %s to %s: %s"
              .formatted(feed, feeds.get(feed).url(), since, now, reason);
    }
  }
}
