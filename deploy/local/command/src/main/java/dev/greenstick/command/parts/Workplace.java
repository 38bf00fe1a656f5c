package dev.greenstick.command.parts;

import dev.greenstick.command.outcome.CouldNotRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one directory that a running demo writes to, under the clone's {@code target}. It holds the
 * launcher's process id, so that {@code greenstick stop} finds it and the next start removes what a
 * killed one left.
 */
public final class Workplace {

  private static final String PREFIX = "demo-";
  private static final String LAUNCHER = "launcher.pid";
  private static final long LEAST_FREE_BYTES = 512L << 20;
  private static final long FULL_BYTES = 16L << 20;

  private final Path directory;

  private Workplace(Path directory) {
    this.directory = directory;
  }

  /**
   * A new one for this process.
   *
   * @throws CouldNotRun when it cannot be written to or too little space is free
   */
  public static Workplace create(Installation installation) throws CouldNotRun {
    Path parent = parent(installation);
    try {
      Files.createDirectories(parent);
      removeAbandoned(parent);
      requireSpace(parent);
      Path directory = Files.createTempDirectory(parent, PREFIX);
      Files.writeString(directory.resolve(LAUNCHER), identity(ProcessHandle.current()));
      Files.createDirectories(directory.resolve("tmp"));
      return new Workplace(directory);
    } catch (IOException e) {
      throw new CouldNotRun(
          "Cannot write to "
              + parent
              + " ("
              + e.getMessage()
              + "): free space or permissions are missing",
          e);
    }
  }

  private static Path parent(Installation installation) {
    return installation.home().resolve("target");
  }

  private static void requireSpace(Path parent) throws IOException, CouldNotRun {
    long free = Files.getFileStore(parent).getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw new CouldNotRun(
          "The disk that holds "
              + parent
              + " is full: "
              + (free >> 20)
              + " MB are free and "
              + (LEAST_FREE_BYTES >> 20)
              + " MB are needed");
    }
  }

  /** The launchers of this clone that run now. */
  public static List<ProcessHandle> launchers(Installation installation) {
    Path parent = parent(installation);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try {
      removeAbandoned(parent);
      return all(parent).stream().flatMap(workplace -> launcher(workplace).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A failed start is kept to be read; it names no launcher.
  private static void removeAbandoned(Path parent) throws IOException {
    for (Path workplace : all(parent)) {
      if (Files.exists(workplace.resolve(LAUNCHER)) && launcher(workplace).isEmpty()) {
        delete(workplace);
      }
    }
  }

  private static List<Path> all(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(PREFIX))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static Optional<ProcessHandle> launcher(Path workplace) {
    try {
      String written = Files.readString(workplace.resolve(LAUNCHER));
      return ProcessHandle.of(Long.parseLong(written.lines().findFirst().orElse("").strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> identity(process).equals(written));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  // Ids are given out again; together with the start they are unique.
  private static String identity(ProcessHandle process) {
    return process.pid()
        + "\n"
        + process.info().startInstant().map(Object::toString).orElse("")
        + "\n";
  }

  /**
   * Sees to it that there is space left: parts whose disk is full do not end, they wait.
   *
   * @throws CouldNotRun when there is none
   */
  public void requireSpace() throws CouldNotRun {
    try {
      if (Files.getFileStore(directory).getUsableSpace() < FULL_BYTES) {
        throw new CouldNotRun("The disk that holds " + directory + " is full");
      }
    } catch (IOException e) {
      throw new CouldNotRun(directory + " is gone: " + e, e);
    }
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** A file or directory in it. */
  public Path resolve(String name) {
    return directory.resolve(name);
  }

  /** Removes the directory and everything in it. */
  public void remove() {
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " could not be removed", e);
    }
  }

  /** Leaves the directory for whoever wants to know what went wrong. */
  public void keep() {
    try {
      Files.deleteIfExists(directory.resolve(LAUNCHER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
