package dev.greenstick.command.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import org.junit.jupiter.api.Test;

class StructuredEventTest {

  @Test
  void everyAttributeAndTheDataAreThere() throws Exception {
    // Given
    var event = Event.of(URI.create("/verdict"), Examples.START, Examples.verdictReached());

    // When
    var json = Json.mapper().readTree(StructuredEvent.of(event));

    // Then
    assertThat(json.path("specversion").asText()).isEqualTo("1.0");
    assertThat(json.path("id").asText()).isEqualTo(event.id().toString());
    assertThat(json.path("source").asText()).isEqualTo("/verdict");
    assertThat(json.path("type").asText()).isEqualTo("dev.greenstick.verdict.reached.v1");
    assertThat(json.path("subject").asText()).isEqualTo(Examples.RUN.id().toString());
    assertThat(json.path("time").asText()).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(json.path("cluster").asText()).isEqualTo("local");
    assertThat(json.path("experiment").asText()).isEqualTo("one-pod-fails");
    assertThat(json.path("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(Json.mapper().treeToValue(json.path("data"), VerdictReached.class))
        .isEqualTo(event.data());
  }
}
