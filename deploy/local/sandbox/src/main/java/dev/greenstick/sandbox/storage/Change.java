package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One step of the store's history. Objects are shared and must not be modified.
 *
 * @param version resourceVersion of the step, which the object carries too
 * @param before the object until this step, null when it was created by it
 * @param after the object since this step, null when it was deleted by it
 * @param last the object as watchers of this step see it: {@code after}, or the final state
 */
public record Change(long version, Key key, ObjectNode before, ObjectNode after, ObjectNode last) {

  public boolean created() {
    return before == null;
  }

  public boolean deleted() {
    return after == null;
  }
}
