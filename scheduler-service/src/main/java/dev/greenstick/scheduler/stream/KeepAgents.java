package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.scheduler.admission.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the agents that are heard of, and forgets those that were silent for long. */
final class KeepAgents extends ContextualProcessor<String, Inbound<AgentEvent>, String, Outbound> {

  private static final Duration FORGETS_EVERY = Duration.ofHours(1);

  private final String store;
  private final Duration remember;
  private KeyValueStore<String, Agent> agents;

  /**
   * @param remember how long a silent agent is known
   */
  KeepAgents(String store, Duration remember) {
    this.store = Objects.requireNonNull(store, "store");
    this.remember = Objects.requireNonNull(remember, "remember");
  }

  @Override
  public void init(ProcessorContext<String, Outbound> context) {
    super.init(context);
    agents = context.getStateStore(store);
    context.schedule(FORGETS_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> forget());
  }

  @Override
  public void process(Record<String, Inbound<AgentEvent>> record) {
    switch (record.value()) {
      case Inbound.Unread<AgentEvent> _ -> {}
      case Inbound.Deleted<AgentEvent> _ -> agents.delete(record.key());
      case Inbound.Read<AgentEvent> read -> {
        switch (read.event().data()) {
          case AgentHeartbeat beat -> agents.put(record.key(), Agent.of(beat, now()));
        }
      }
    }
  }

  private void forget() {
    List<String> silent = new ArrayList<>();
    try (KeyValueIterator<String, Agent> all = agents.all()) {
      all.forEachRemaining(
          entry -> {
            if (entry.value.heardAt().plus(remember).isBefore(now())) {
              silent.add(entry.key);
            }
          });
    }
    silent.forEach(agents::delete);
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }
}
