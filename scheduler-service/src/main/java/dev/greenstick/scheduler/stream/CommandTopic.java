package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Each cluster's commands have a topic of their own, which admission has made sure is there. */
final class CommandTopic implements TopicNameExtractor<String, Event<? extends Command>> {

  @Override
  public String extract(String run, Event<? extends Command> event, RecordContext context) {
    return Topics.commands(event.data().run().cluster()).name();
  }

  @Override
  public String toString() {
    return CommandTopic.class.getName();
  }
}
