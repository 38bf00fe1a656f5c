package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers the log subresource, at once or following what is printed from now on. */
final class LogStream {

  private static final long FOLLOW_MILLIS = 200;

  private LogStream() {}

  /**
   * @throws Refusal 400 when the container is unknown, ambiguous or has not started
   */
  static void answer(
      Vertx vertx,
      HttpServerResponse response,
      ObjectNode pod,
      Query query,
      ContainerLogs logs,
      InstantSource clock) {
    String container = container(pod, query.text("container"));
    boolean previous = query.flag("previous");
    Optional<Path> file = logs.file(Json.uid(pod), container, previous);
    if (file.isEmpty()) {
      throw Refusal.badRequest(
          previous
              ? "previous terminated container \"%s\" in pod \"%s\" not found"
                  .formatted(container, Json.name(pod))
              : "container \"%s\" in pod \"%s\" is waiting to start: %s"
                  .formatted(container, Json.name(pod), waiting(pod, container)));
    }
    response.setChunked(true).putHeader("Content-Type", "text/plain");
    List<String> lines = new ArrayList<>();
    long read = lines(file.get(), 0, lines);
    select(lines, query, clock.instant()).forEach(line -> response.write(line + "\n"));
    if (!query.flag("follow")) {
      response.end();
      return;
    }
    long[] position = {read};
    long timer =
        vertx.setPeriodic(
            FOLLOW_MILLIS,
            id -> {
              Optional<Path> current = logs.file(Json.uid(pod), container, false);
              List<String> more = new ArrayList<>();
              position[0] = lines(file.get(), position[0], more);
              more.forEach(line -> response.write(shown(line, query) + "\n"));
              if (!current.equals(file) && more.isEmpty()) {
                vertx.cancelTimer(id);
                response.end();
              }
            });
    response.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  private static String container(ObjectNode pod, String asked) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      pod.path("spec").path(list).forEach(each -> names.add(each.path("name").asText()));
    }
    if (!asked.isEmpty()) {
      if (names.contains(asked)) {
        return asked;
      }
      throw Refusal.badRequest(
          "container %s is not valid for pod %s".formatted(asked, Json.name(pod)));
    }
    if (pod.path("spec").path("containers").size() == 1) {
      return names.getLast();
    }
    throw Refusal.badRequest(
        "a container name must be specified for pod %s, choose one of: %s"
            .formatted(Json.name(pod), names));
  }

  private static String waiting(ObjectNode pod, String container) {
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      if (status.path("name").asText().equals(container)) {
        return status.path("state").path("waiting").path("reason").asText("ContainerCreating");
      }
    }
    return "ContainerCreating";
  }

  private static List<String> select(List<String> lines, Query query, Instant now) {
    long since = query.number("sinceSeconds");
    List<String> chosen =
        lines.stream()
            .filter(line -> since == 0 || !time(line).isBefore(now.minusSeconds(since)))
            .map(line -> shown(line, query))
            .toList();
    if (!query.text("tailLines").isEmpty()) {
      int tail = (int) Math.min(query.number("tailLines"), chosen.size());
      return chosen.subList(chosen.size() - tail, chosen.size());
    }
    return chosen;
  }

  private static String shown(String line, Query query) {
    return query.flag("timestamps") ? line : line.substring(line.indexOf(' ') + 1);
  }

  private static Instant time(String line) {
    try {
      return Instant.parse(line.substring(0, Math.max(0, line.indexOf(' '))));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** Appends the whole lines from a position on; where the next read begins. */
  private static long lines(Path path, long from, List<String> lines) {
    if (!Files.exists(path)) {
      return from;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(lines::add);
      return from + end;
    } catch (IOException e) {
      throw Refusal.plain(
          500, "InternalError", "cannot read the log " + path + ": " + e.getMessage());
    }
  }
}
