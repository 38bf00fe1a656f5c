package dev.greenstick.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checkout that is tested. */
final class Repository {

  /** The modules with code that ships, by folder. */
  static final List<String> MODULES =
      List.of(
          "contracts",
          "scheduler-service",
          "injector-service",
          "probe-service",
          "verdict-service",
          "deploy/local/broker",
          "deploy/local/model",
          "deploy/local/sandbox",
          "deploy/local/command");

  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

  private Repository() {}

  /** The folder with the parent pom. */
  static Path root() {
    return Path.of(System.getProperty("greenstick.root"));
  }

  /** Every file that is not a build's product, relative to the root, in order. */
  static List<Path> files() {
    try (Stream<Path> walk = Files.walk(root())) {
      return walk.filter(Files::isRegularFile)
          .map(root()::relativize)
          .filter(path -> Stream.of(path.toString().split("/")).noneMatch(SKIPPED::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path relative) {
    try {
      return Files.readString(root().resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
