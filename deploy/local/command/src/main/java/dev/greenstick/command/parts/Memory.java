package dev.greenstick.command.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory of processes, as the operating system counts it. */
final class Memory {

  private static final long KIBIBYTE = 1024;

  private Memory() {}

  /** Resident bytes; empty for a process that has ended or where nobody can tell. */
  static Optional<Long> resident(ProcessHandle process) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      OptionalLong kibibytes = Files.exists(status) ? fromProc(status) : fromPs(process.pid());
      return kibibytes.isPresent()
          ? Optional.of(kibibytes.getAsLong() * KIBIBYTE)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong fromProc(Path status) throws IOException {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    }
  }

  private static OptionalLong fromPs(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
    try (var lines = ps.inputReader(StandardCharsets.US_ASCII)) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> line.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .findFirst();
    }
  }
}
