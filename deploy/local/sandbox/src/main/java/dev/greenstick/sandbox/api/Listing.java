package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.Snapshot;
import dev.greenstick.sandbox.storage.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** One page of a list: selection, versions and continuation as a real API server does them. */
record Listing(List<ObjectNode> items, long version, String continuation, Long remaining) {

  /**
   * @param namespace empty for all
   * @throws Refusal 410 when the list continued is too old, 400 for bad parameters
   */
  static Listing read(Store store, ResourceType type, String namespace, Query query) {
    String scope = type.namespaced() && !namespace.isEmpty() ? namespace : null;
    Predicate<ObjectNode> filter = query.filter(type, "");
    long limit = query.number("limit");
    String token = query.text("continue");
    String after = "";
    Snapshot snapshot;
    if (!token.isEmpty()) {
      JsonNode position = decode(token);
      after = position.path("after").asText();
      snapshot = at(store, type, scope, position.path("version").asLong());
    } else {
      snapshot = snapshot(store, type, scope, query);
    }
    List<ObjectNode> page = new ArrayList<>();
    long left = 0;
    for (ObjectNode object : snapshot.objects()) {
      if (position(object).compareTo(after) <= 0 || !filter.test(object)) {
        continue;
      }
      if (limit > 0 && page.size() == limit) {
        left++;
      } else {
        page.add(object);
      }
    }
    if (left == 0) {
      return new Listing(page, snapshot.version(), "", null);
    }
    return new Listing(
        page,
        snapshot.version(),
        encode(snapshot.version(), position(page.getLast())),
        query.selects() ? null : left);
  }

  private static Snapshot snapshot(Store store, ResourceType type, String scope, Query query) {
    long version = query.number("resourceVersion");
    if (query.text("resourceVersionMatch").equals("Exact")) {
      return store.listAt(type, scope, version);
    }
    if (version > store.version()) {
      throw Refusal.tooLarge(version, store.version());
    }
    return store.list(type, scope);
  }

  private static Snapshot at(Store store, ResourceType type, String scope, long version) {
    try {
      return store.listAt(type, scope, version);
    } catch (Refusal refusal) {
      throw Refusal.expired(
          "The provided continue parameter is too old to display a consistent list result. You can"
              + " start a new list without the continue parameter.");
    }
  }

  /** Orders as the store does: by namespace, then name. */
  private static String position(ObjectNode object) {
    return Json.namespace(object) + "\u0000" + Json.name(object);
  }

  private static String encode(long version, String after) {
    ObjectNode position =
        Json.MAPPER.createObjectNode().put("version", version).put("after", after);
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Json.MAPPER.writeValueAsBytes(position));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode decode(String token) {
    try {
      return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token));
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
    }
  }

  /** The list object that goes over the wire. */
  ObjectNode body(ResourceType type) {
    ObjectNode list = Json.MAPPER.createObjectNode();
    list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
    meta(list);
    items.forEach(list.putArray("items")::add);
    return list;
  }

  /** Fills in the metadata of a list. */
  void meta(ObjectNode list) {
    ObjectNode metadata = list.putObject("metadata").put("resourceVersion", Long.toString(version));
    if (!continuation.isEmpty()) {
      metadata.put("continue", continuation);
    }
    if (remaining != null) {
      metadata.put("remainingItemCount", remaining);
    }
  }
}
