package dev.greenstick.injector;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.wire.Json;

/** How things are called in reasons that people read. */
final class Wording {

  private Wording() {}

  /** A selector as its author wrote it. */
  static String of(Selector selector) {
    try {
      return Json.mapper().writeValueAsString(selector);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a selector cannot be written", e);
    }
  }
}
