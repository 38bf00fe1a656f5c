package dev.greenstick.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last lines of a process's output, read on a thread of its own so that the process never
 * blocks.
 */
final class LastWords {
  private final Deque<String> lines = new ArrayDeque<>();
  private final int most;

  LastWords(BufferedReader from, int most) {
    this.most = most;
    Thread.ofPlatform().daemon().start(() -> readAll(from));
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private void readAll(BufferedReader from) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(cannot be read on: " + e.getMessage() + ")");
    }
  }

  private synchronized void add(String line) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }
}
