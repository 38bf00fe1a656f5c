package dev.greenstick.command.parts;

import dev.greenstick.command.outcome.CouldNotRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Every process that was started. Once closed, none is left and none can be started any more. Safe
 * for any thread.
 */
public final class Parts implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 5;

  private final Workplace workplace;
  private final Object lock = new Object();

  // Guarded by lock.
  private final List<Part> started = new ArrayList<>();
  private boolean closed;

  public Parts(Workplace workplace) {
    this.workplace = workplace;
  }

  /**
   * Starts a process.
   *
   * @throws CouldNotRun when it cannot be started, or everything is being stopped
   */
  public Part start(Launch launch) throws CouldNotRun {
    synchronized (lock) {
      if (closed) {
        throw new CouldNotRun("Everything is being stopped");
      }
      Part part = Part.start(launch, workplace);
      started.add(part);
      return part;
    }
  }

  /**
   * A part that was started.
   *
   * @throws IllegalStateException when it was not
   */
  Part running(PartName name) {
    return snapshot().stream()
        .filter(part -> part.name() == name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " was not started"));
  }

  /** A part that has ended by itself; empty while all run. */
  public Optional<Part> ended() {
    return snapshot().stream().filter(part -> !part.process().isAlive()).findFirst();
  }

  /**
   * Resident memory of each part in bytes, its child processes included; those that cannot be told
   * are left out.
   */
  public Map<String, Long> memory() {
    Map<String, Long> memory = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>(snapshot());
    parts.sort(Comparator.comparing(Part::name));
    for (Part part : parts) {
      Memory.resident(part.process().toHandle())
          .ifPresent(bytes -> memory.put(part.name().word(), bytes));
      List<Long> children =
          part.process().descendants().flatMap(child -> Memory.resident(child).stream()).toList();
      if (!children.isEmpty()) {
        memory.put("its pods", children.stream().mapToLong(Long::longValue).sum());
      }
    }
    return memory;
  }

  private List<Part> snapshot() {
    synchronized (lock) {
      return List.copyOf(started);
    }
  }

  /** Stops the services, then what they rest on: first asks, then insists. Bounded. */
  @Override
  public void close() {
    List<Part> all;
    synchronized (lock) {
      closed = true;
      all = List.copyOf(started);
    }
    List<ProcessHandle> children =
        all.stream().flatMap(part -> part.process().descendants()).toList();
    stop(all.stream().filter(part -> PartName.SERVICES.contains(part.name())).toList());
    stop(all.stream().filter(part -> !PartName.SERVICES.contains(part.name())).toList());
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void stop(List<Part> parts) {
    // Process.destroy would close its standard input as well, which says that the launcher is gone.
    parts.forEach(part -> part.process().toHandle().destroy());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
    for (Part part : parts) {
      Stream<ProcessHandle> left = part.process().descendants();
      if (!endsBefore(part.process(), until)) {
        left.forEach(ProcessHandle::destroyForcibly);
        part.process().destroyForcibly().onExit().join();
      }
    }
  }

  private static boolean endsBefore(Process process, long until) {
    try {
      return process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
