package dev.greenstick.command.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Runs another main class as it is, and ends the process when its standard input ends: that is when
 * the launcher is gone, killed or not. The services ship without such a habit, and are not changed
 * for it.
 *
 * <p>Arguments: the directory that is removed then, the seconds that are granted before, the main
 * class, and its arguments. Uses the JDK alone.
 */
public final class Supervised {

  private Supervised() {}

  /** Becomes the other class. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Path directory = Path.of(arguments[0]);
    long grace = Long.parseLong(arguments[1]);
    Thread.ofPlatform().daemon().name("launcher").start(() -> outlive(directory, grace));
    List<String> rest = List.of(arguments).subList(3, arguments.length);
    Class.forName(arguments[2])
        .getMethod("main", String[].class)
        .invoke(null, (Object) rest.toArray(String[]::new));
  }

  private static void outlive(Path directory, long grace) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(grace));
      remove(directory);
    } catch (IOException | UncheckedIOException e) {
      // Others remove the same directory at the same time; the next start removes what is left.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
