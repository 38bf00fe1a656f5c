package dev.greenstick.contracts.request;

import dev.greenstick.contracts.EventData;

/** Events of the requests topic. */
public sealed interface Request extends EventData permits RunRequested, AbortRequested {}
