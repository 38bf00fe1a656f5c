package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Every object of the cluster, versioned as etcd versions them: one counter for all kinds, a
 * bounded history that watches resume from, and reads of the past within that history.
 *
 * <p>Safe for use by several threads. Objects handed out are shared: nobody may modify them.
 */
public final class Store {

  /** A first version that makes "1" as old as it is in a cluster that has lived for a while. */
  private static final long FIRST_VERSION = 1_000;

  private final int historyLimit;
  private final NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private long version = FIRST_VERSION;
  private long forgotten = FIRST_VERSION;

  /**
   * @param historyLimit how many changes are kept for watches to resume from
   */
  public Store(int historyLimit) {
    this.historyLimit = historyLimit;
  }

  private record Watcher(Consumer<Change> consumer) {}

  /** Ends a watch; nothing is delivered once this returns on the delivering thread. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** The version of the latest change. */
  public synchronized long version() {
    return version;
  }

  public synchronized Optional<ObjectNode> get(Key key) {
    return Optional.ofNullable(objects.get(key));
  }

  /**
   * Keeps a new object under its key, stamped with its version.
   *
   * @throws Refusal 409 when the key is taken
   */
  public synchronized ObjectNode create(Key key, ObjectNode object) {
    if (objects.containsKey(key)) {
      throw Refusal.alreadyExists(key.type(), key.name());
    }
    ObjectNode stamped = stamp(object);
    objects.put(key, stamped);
    record(new Change(version, key, null, stamped, stamped));
    return stamped;
  }

  /**
   * Reads, changes and writes an object as one step. A change that yields an equal object leaves
   * the version as it is; one that yields null deletes the object.
   *
   * @param change gets the current object, which it must not modify
   * @return the object now kept, or its final state when it was deleted
   * @throws Refusal 404 when there is no such object, and whatever the change throws
   */
  public synchronized ObjectNode update(Key key, UnaryOperator<ObjectNode> change) {
    ObjectNode before = objects.get(key);
    if (before == null) {
      throw Refusal.notFound(key.type(), key.name());
    }
    ObjectNode after = change.apply(before);
    if (after == null) {
      ObjectNode last = stamp(before);
      objects.remove(key);
      record(new Change(version, key, before, null, last));
      return last;
    }
    if (unversioned(after).equals(unversioned(before))) {
      return before;
    }
    ObjectNode stamped = stamp(after);
    objects.put(key, stamped);
    record(new Change(version, key, before, stamped, stamped));
    return stamped;
  }

  /**
   * Objects of one kind, as they are now.
   *
   * @param namespace only these, or null for all namespaces
   */
  public synchronized Snapshot list(ResourceType type, String namespace) {
    return new Snapshot(version, select(objects, type, namespace));
  }

  /**
   * Objects of one kind as they were at a version.
   *
   * @throws Refusal 410 when the version is no longer kept, 504 when it lies ahead
   */
  public synchronized Snapshot listAt(ResourceType type, String namespace, long asked) {
    if (asked > version) {
      throw Refusal.tooLarge(asked, version);
    }
    if (asked < forgotten) {
      throw Refusal.expired("The resourceVersion for the provided list is too old.");
    }
    NavigableMap<Key, ObjectNode> past = new TreeMap<>(objects);
    for (Iterator<Change> back = history.descendingIterator(); back.hasNext(); ) {
      Change change = back.next();
      if (change.version() <= asked) {
        break;
      }
      if (change.created()) {
        past.remove(change.key());
      } else {
        past.put(change.key(), change.before());
      }
    }
    return new Snapshot(asked, select(past, type, namespace));
  }

  /**
   * Delivers every change after a version, in order: first from history, then as they happen. The
   * consumer runs on the thread that made the change and must return quickly.
   *
   * @throws Refusal 410 when the version is no longer kept, 504 when it lies ahead
   */
  public synchronized Subscription watch(long since, Consumer<Change> consumer) {
    if (since > version) {
      throw Refusal.tooLarge(since, version);
    }
    if (since < forgotten) {
      throw Refusal.expired("too old resource version: %d (%d)".formatted(since, forgotten));
    }
    history.stream().filter(change -> change.version() > since).forEach(consumer);
    Watcher watcher = new Watcher(consumer);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Forgets all history, as a compaction does: watches from earlier versions are then expired. */
  public synchronized void compact() {
    history.clear();
    forgotten = version;
  }

  private static List<ObjectNode> select(
      NavigableMap<Key, ObjectNode> from, ResourceType type, String namespace) {
    Key first = new Key(type, namespace == null ? "" : namespace, "");
    List<ObjectNode> found = new ArrayList<>();
    for (var entry : from.tailMap(first, true).entrySet()) {
      Key key = entry.getKey();
      if (!key.type().equals(type) || (namespace != null && !key.namespace().equals(namespace))) {
        break;
      }
      found.add(entry.getValue());
    }
    return List.copyOf(found);
  }

  private ObjectNode stamp(ObjectNode object) {
    version++;
    ObjectNode stamped = object.deepCopy();
    stamped.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
    return stamped;
  }

  private static ObjectNode unversioned(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObjectProperty("metadata").remove("resourceVersion");
    return copy;
  }

  private void record(Change change) {
    history.addLast(change);
    while (history.size() > historyLimit) {
      forgotten = history.removeFirst().version();
    }
    for (Watcher watcher : watchers) {
      watcher.consumer().accept(change);
    }
  }
}
