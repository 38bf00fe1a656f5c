package dev.greenstick.command.display;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The run of {@link Examples}, told event by event in the order in which it happens. */
final class Story {

  static final PodRef OTHER =
      new PodRef("default", "crescents-6c9f7-k8s2m", "0b9b1d56-20a5-4b8a-9f0e-3f1a2b3c4d5e");

  private static final int WINDOWS = 73;
  private static final int HIT = 21;

  private Story() {}

  static Instant at(double seconds) {
    return Examples.START.plusMillis(Math.round(seconds * 1_000));
  }

  static PodHealth healthy(PodRef pod, double seconds, int restarts) {
    return new PodHealth(
        Examples.RUN,
        pod,
        at(seconds),
        "1000",
        "Running",
        true,
        restarts,
        List.of("greenstick/model:1"),
        "node-1",
        null);
  }

  static List<RunData> untilTheFault() {
    List<RunData> events = new ArrayList<>();
    events.add(Examples.runPlanned());
    events.add(Examples.probeStarted());
    events.add(healthy(Examples.POD, 1, 0));
    events.add(healthy(OTHER, 1, 0));
    for (int i = 0; i < 20; i++) {
      events.add(Examples.healthyWindow(i));
    }
    events.add(Examples.baselineJudged());
    events.add(Examples.stepStarted());
    return events;
  }

  static List<RunData> untilMidFault() {
    List<RunData> events = untilTheFault();
    events.add(Examples.healthyWindow(20));
    events.add(Examples.faultInjected());
    events.add(Examples.healthWindow());
    events.add(Examples.podHealth());
    for (int i = HIT + 1; i < 34; i++) {
      events.add(Examples.healthyWindow(i));
    }
    return events;
  }

  static List<RunData> whole() {
    List<RunData> events = untilMidFault();
    for (int i = 34; i < 52; i++) {
      events.add(Examples.healthyWindow(i));
    }
    events.add(Examples.faultReverted());
    events.add(healthy(Examples.POD, 54, 2));
    for (int i = 52; i < WINDOWS; i++) {
      events.add(Examples.healthyWindow(i));
    }
    events.add(Examples.probeFinished());
    events.add(Examples.runFinished());
    events.add(Examples.verdictReached());
    return events;
  }

  static RunView view(List<? extends RunData> events) {
    RunView view = RunView.EMPTY;
    for (RunData event : events) {
      view = view.after(event);
    }
    return view;
  }

  static List<HealthWindow> windows(List<RunData> events) {
    return events.stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .toList();
  }
}
