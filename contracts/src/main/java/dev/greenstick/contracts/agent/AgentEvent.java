package dev.greenstick.contracts.agent;

import dev.greenstick.contracts.EventData;

/** Events of the agents topic. */
public sealed interface AgentEvent extends EventData permits AgentHeartbeat {}
