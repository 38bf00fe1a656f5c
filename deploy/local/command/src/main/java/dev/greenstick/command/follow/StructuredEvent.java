package dev.greenstick.command.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.wire.Json;

/** An event as one JSON object: CloudEvents' structured mode, JSON format 1.0. Pure. */
public final class StructuredEvent {

  private StructuredEvent() {}

  /** The event in one line. */
  public static String of(Event<?> event) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("specversion", "1.0");
    json.put("id", event.id().toString());
    json.put("source", event.source().toString());
    json.put("type", event.type());
    json.put("subject", event.data().subject());
    json.put("time", event.time().toString());
    event.data().aboutCluster().ifPresent(cluster -> json.put("cluster", cluster.value()));
    event
        .data()
        .aboutExperiment()
        .ifPresent(experiment -> json.put("experiment", experiment.value()));
    json.put("datacontenttype", "application/json");
    json.set("data", Json.mapper().valueToTree(event.data()));
    try {
      return Json.mapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
