package dev.greenstick.verdict.replay;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What lies at places that are counted from 0, most of which come in their order: those in an array
 * of their number, and only those that came too early in a map. For one thread.
 */
final class Slots {

  private final SortedMap<Integer, Object> early = new TreeMap<>();
  private Object[] inOrder = new Object[16];
  private int count;

  /** Puts something where nothing is; otherwise leaves what is there and returns it. */
  Object putIfAbsent(int index, Object slot) {
    if (index < count) {
      return inOrder[index];
    }
    if (index > count) {
      return early.putIfAbsent(index, slot);
    }
    add(slot);
    while (!early.isEmpty() && early.firstKey() == count) {
      add(early.remove(count));
    }
    return null;
  }

  private void add(Object slot) {
    if (count == inOrder.length) {
      inOrder = Arrays.copyOf(inOrder, 2 * count);
    }
    inOrder[count++] = slot;
  }

  /** Shows everything, by its place. */
  void each(Consumer<Object> each) {
    for (int i = 0; i < count; i++) {
      each.accept(inOrder[i]);
    }
    early.values().forEach(each);
  }

  /** Puts something else at each place. */
  void replaceAll(UnaryOperator<Object> change) {
    for (int i = 0; i < count; i++) {
      inOrder[i] = change.apply(inOrder[i]);
    }
    early.replaceAll((_, slot) -> change.apply(slot));
  }

  /** How many places are taken. */
  int size() {
    return count + early.size();
  }
}
