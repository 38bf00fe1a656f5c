package dev.greenstick.command.control;

import dev.greenstick.command.outcome.CouldNotRun;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where definitions stand. */
final class FileOptions {

  private static final String STANDARD_INPUT = "-";
  private static final long LARGEST_BYTES = 16L << 20;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      required = true,
      description =
          "Experiments in YAML or JSON: a file, - for standard input, or a directory of .yaml, .yml and .json files;"
              + " may be repeated")
  private List<String> files;

  /** Every document of every file; at least one. */
  List<Written> documents() throws CouldNotRun {
    List<Written> documents = new ArrayList<>();
    for (String file : files) {
      if (file.equals(STANDARD_INPUT)) {
        documents.addAll(Written.documents("standard input", standardInput()));
      } else {
        for (Path each : expanded(Path.of(file))) {
          documents.addAll(Written.documents(each.toString(), text(each)));
        }
      }
    }
    return documents;
  }

  private static List<Path> expanded(Path file) throws CouldNotRun {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> entries = Files.list(file)) {
      List<Path> found =
          entries
              .filter(entry -> entry.getFileName().toString().matches(".+\\.(ya?ml|json)"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new CouldNotRun(file + " holds no .yaml, .yml or .json file");
      }
      return found;
    } catch (IOException e) {
      throw new CouldNotRun(file + " cannot be read: " + e, e);
    }
  }

  private static String text(Path file) throws CouldNotRun {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new CouldNotRun(
            file + " is larger than " + (LARGEST_BYTES >> 20) + " MiB, and no definition is");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CouldNotRun(file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw new CouldNotRun(file + " cannot be read: " + e, e);
    }
  }

  private static String standardInput() throws CouldNotRun {
    try {
      return new String(System.in.readNBytes((int) LARGEST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CouldNotRun("standard input cannot be read: " + e, e);
    }
  }
}
