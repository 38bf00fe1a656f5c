package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.saga.Signal;

/** What a step of the topology hands to the next. */
public sealed interface Outbound {

  /** To the runs topic. */
  record Tell(Event<? extends RunEvent> event) implements Outbound {}

  /** To the cluster's command topic. */
  record Order(Event<? extends Command> event) implements Outbound {}

  /** To admission. */
  record Submit(Notice notice) implements Outbound {}

  /** To the run's saga. */
  record Raise(Signal signal) implements Outbound {}

  /** To the dead letters. */
  record Bury(Origin origin, String reason) implements Outbound {}
}
