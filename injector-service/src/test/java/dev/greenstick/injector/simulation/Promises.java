package dev.greenstick.injector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.FaultId;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** What the events of a history must say, whatever happened in it. */
final class Promises {

  private final String about;
  private final Orders orders;
  private final List<FaultEvent> emitted;
  private final List<PodRef> ended;
  private final boolean restless;

  /**
   * @param about the seed, for the message
   * @param emitted all events, in order, repetitions too
   * @param ended the pods that the injector's own calls have ended, each call that did
   * @param restless whether others ended pods, too
   */
  Promises(
      String about, Orders orders, List<FaultEvent> emitted, List<PodRef> ended, boolean restless) {
    this.about = about;
    this.orders = orders;
    this.emitted = List.copyOf(emitted);
    this.ended = List.copyOf(ended);
    this.restless = restless;
  }

  void check() {
    Map<Object, FaultEvent> distinct = new HashMap<>();
    for (FaultEvent event : emitted) {
      FaultEvent before =
          distinct.put(Event.of(URI.create("/x"), Instant.EPOCH, event).id(), event);
      assertThat(before).as("%s: one id, one body", about).isIn(null, event);
    }
    orders.faults().values().forEach(inject -> check(inject, Set.copyOf(distinct.values())));
    assertThat(ended).as("%s: ended once", about).doesNotHaveDuplicates();
    assertThat(ended)
        .as("%s: ended at most what was ordered", about)
        .hasSizeLessThanOrEqualTo(
            orders.faults().values().stream()
                .map(FaultInject::spec)
                .filter(Orders::ends)
                .mapToInt(Orders::most)
                .sum());
  }

  private void check(FaultInject inject, Set<FaultEvent> all) {
    String which = "%s, %s %s".formatted(about, inject.spec().faultName(), inject.fault());
    List<FaultEvent> events =
        all.stream().filter(event -> event.fault().equals(inject.fault())).toList();
    assertThat(events).as(which).noneMatch(FaultConflicted.class::isInstance);
    List<FaultEvent> ends = events.stream().filter(Promises::isEnd).toList();
    assertThat(ends).as("%s has exactly one end", which).hasSize(1);
    List<FaultInjected> injected =
        events.stream()
            .filter(FaultInjected.class::isInstance)
            .map(FaultInjected.class::cast)
            .toList();
    assertThat(injected).as(which).hasSizeLessThanOrEqualTo(1);
    if (ends.getFirst() instanceof FaultReverted) {
      assertThat(injected).as("%s was injected before it was reverted", which).hasSize(1);
    }
    if (ends.getFirst() instanceof FaultRefused
        || orders.revertedFirst().contains(inject.fault())) {
      assertThat(injected).as("%s was refused", which).isEmpty();
    }
    if (!injected.isEmpty()) {
      assertThat(first(injected.getFirst()))
          .as("%s: injected before its end", which)
          .isLessThan(first(ends.getFirst()));
      checkVictims(which, inject, injected.getFirst());
    }
  }

  private void checkVictims(String which, FaultInject inject, FaultInjected injected) {
    int most = Orders.most(inject.spec());
    assertThat(injected.pods()).as(which).hasSizeBetween(1, most).doesNotHaveDuplicates();
    if (Orders.ends(inject.spec()) && !restless && orders.alone()) {
      assertThat(ended)
          .as("%s: ended exactly what it said", which)
          .containsExactlyInAnyOrderElementsOf(injected.pods());
    }
  }

  /**
   * That a fault that was alone hit as many as ordered, and found nobody gone.
   *
   * @param reach how many pods a fault can reach
   */
  void checkThatAloneAllWereHit(ToIntFunction<Fault> reach) {
    if (restless || !orders.alone()) {
      return;
    }
    for (FaultEvent event : emitted) {
      switch (event) {
        case FaultInjected injected ->
            assertThat(injected.pods())
                .as("%s: as many as ordered", about)
                .hasSizeGreaterThanOrEqualTo(
                    Math.min(Orders.most(injected.spec()), reach.applyAsInt(injected.spec())));
        case FaultFailed failed ->
            assertThat(failed.reason()).as("%s: nobody was", about).doesNotContain("gone before");
        case FaultReverted _, FaultRefused _, FaultRehearsed _, FaultConflicted _ -> {}
      }
    }
  }

  /**
   * That as many containers were killed as ordered.
   *
   * @param killed the pods of the containers that were, once a kill
   */
  void checkKilled(List<PodRef> killed) {
    assertThat(killed)
        .as("%s: killed at most what was ordered", about)
        .hasSizeLessThanOrEqualTo(
            orders.faults().values().stream()
                .map(FaultInject::spec)
                .filter(Orders::kills)
                .mapToInt(Orders::most)
                .sum());
    if (!restless && orders.alone()) {
      emitted.stream()
          .filter(FaultInjected.class::isInstance)
          .map(FaultInjected.class::cast)
          .filter(injected -> Orders.kills(injected.spec()))
          .forEach(
              injected ->
                  assertThat(killed)
                      .as("%s: killed exactly what it said", about)
                      .containsExactlyInAnyOrderElementsOf(injected.pods()));
    }
  }

  /**
   * That no fault outlived its deadline, or the moment from which nothing went wrong any more, by
   * more than the sweep.
   */
  void checkPunctual(Instant calm) {
    Map<FaultId, Instant> deadlines = new HashMap<>();
    for (FaultEvent event : emitted) {
      switch (event) {
        case FaultInjected injected -> deadlines.put(injected.fault(), injected.revertBy());
        case FaultReverted reverted -> {
          Instant deadline = deadlines.get(reverted.fault());
          Instant last = deadline.isAfter(calm) ? deadline : calm;
          assertThat(reverted.revertedAt())
              .as("%s: %s is over by then", about, reverted.fault())
              .isBeforeOrEqualTo(last.plus(World.SWEEP_EVERY));
        }
        case FaultRefused _, FaultFailed _, FaultRehearsed _, FaultConflicted _ -> {}
      }
    }
  }

  private int first(FaultEvent event) {
    return IntStream.range(0, emitted.size())
        .filter(i -> emitted.get(i).equals(event))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isEnd(FaultEvent event) {
    return event instanceof FaultReverted
        || event instanceof FaultRefused
        || event instanceof FaultFailed;
  }
}
