package dev.greenstick.verdict;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.history.Evidence;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Good events, and what becomes of them in bad hands. What one seed makes is always the same. */
final class Mutations {

  private static final URI WORLD = URI.create("/test");
  private static final Pattern SCALAR = Pattern.compile("(?<=:)(\"[^\"]*\"|-?[0-9.]+|true|false)");
  private static final Pattern FIELD = Pattern.compile("\"[a-zA-Z]+\":");
  private static final List<String> NUMBERS =
      List.of(
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "99999999999999999999999999",
          "-1",
          "0.1",
          "NaN",
          "2147483648",
          "9223372036854775807",
          "1" + "0".repeat(900),
          "1" + "0".repeat(5_000));
  private static final List<String> TYPES =
      List.of(
          "dev.greenstick.health.window.v1",
          "dev.greenstick.health.window.v2",
          "dev.greenstick.run.planned.v1",
          "dev.greenstick.fault.injected.v1",
          "dev.greenstick.probe.finished.v1",
          "com.example.other",
          "",
          "x".repeat(10_000));

  private Mutations() {}

  /** A record as it would be written. */
  record Written(String topic, byte[] key, Headers headers, byte[] value) {}

  static Written written(Evidence evidence) {
    RunData data = evidence.data();
    Headers headers = new RecordHeaders();
    byte[] value;
    try (EventSerializer<RunData> serializer = new EventSerializer<>()) {
      value =
          serializer.serialize(
              evidence.origin().topic(), headers, Event.of(WORLD, evidence.time(), data));
    }
    return new Written(
        evidence.origin().topic(), data.key().getBytes(StandardCharsets.UTF_8), headers, value);
  }

  /** The same record, spoilt in some way; a few come out as good as before. */
  static Written mutated(Written good, Random random) {
    Headers headers = new RecordHeaders(good.headers().toArray());
    String text = new String(good.value(), StandardCharsets.UTF_8);
    byte[] key = good.key();
    byte[] value = good.value();
    switch (random.nextInt(18)) {
      case 0 -> value = flipped(value, random, 1 + random.nextInt(4));
      case 1 -> value = Arrays.copyOf(value, random.nextInt(value.length));
      case 2 -> value = repeated(value, random);
      case 3 -> value = bytes(replaced(SCALAR, text, any(NUMBERS, random), random));
      case 4 -> value = bytes(replaced(SCALAR, text, any(wrongTypes(), random), random));
      case 5 -> value = bytes(replaced(FIELD, text, "\"other\":", random));
      case 6 -> value = bytes("[".repeat(1 + random.nextInt(20_000)));
      case 7 -> value = bytes(replaced(SCALAR, text, deep(random), random));
      case 8 -> value = bytes("{\"new\":" + deep(random) + "," + text.substring(1));
      case 9 -> headers.remove(any(names(headers), random));
      case 10 -> {
        String name = any(names(headers), random);
        headers.remove(name).add(name, flipped(new byte[1 + random.nextInt(40)], random, 20));
      }
      case 11 ->
          headers
              .remove(CloudEventHeaders.TYPE)
              .add(CloudEventHeaders.TYPE, bytes(any(TYPES, random)));
      case 12 -> headers.add(any(names(headers), random), null);
      case 13 -> key = random.nextBoolean() ? null : flipped(key, random, 1);
      case 14 -> value = null;
      case 15 -> value = bytes(text.replaceFirst("HIST[^\"]*", histogram(random)));
      case 16 ->
          value = bytes(" ".repeat(random.nextInt(3)) + text + "}".repeat(random.nextInt(3)));
      default ->
          headers.remove(CloudEventHeaders.TIME).add(CloudEventHeaders.TIME, bytes(time(random)));
    }
    return new Written(good.topic(), key, headers, value);
  }

  private static List<String> wrongTypes() {
    return List.of(
        "null", "[]", "{}", "\"\"", "\"x\"", "true", "[[1]]", "{\"a\":1}", "\"\\ud800\"");
  }

  private static String deep(Random random) {
    int depth = 1 + random.nextInt(5_000);
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private static String time(Random random) {
    return any(
        List.of(
            "+1000000000-12-31T23:59:59Z",
            "0000-01-01T00:00:00Z",
            "yesterday",
            "2026-11-24T10:00:00",
            "2026-11-24T25:00:00Z"),
        random);
  }

  private static String histogram(Random random) {
    byte[] noise = new byte[random.nextInt(300)];
    random.nextBytes(noise);
    byte[] begin = {
      0x1c, (byte) 0x84, (byte) 0x93, 0x14, 0, 0, 0, (byte) noise.length, 0x78, (byte) 0x9c
    };
    byte[] all = Arrays.copyOf(begin, begin.length + noise.length);
    System.arraycopy(noise, 0, all, begin.length, noise.length);
    return Base64.getEncoder().encodeToString(all);
  }

  private static byte[] flipped(byte[] bytes, Random random, int times) {
    byte[] flipped = bytes.clone();
    for (int i = 0; i < times; i++) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] repeated(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    int to = from + random.nextInt(bytes.length - from);
    byte[] repeated = Arrays.copyOf(bytes, bytes.length + to - from);
    System.arraycopy(bytes, from, repeated, to, bytes.length - from);
    return repeated;
  }

  private static String replaced(Pattern what, String text, String with, Random random) {
    int skipped = random.nextInt(1 + (int) what.matcher(text).results().count());
    Matcher matcher = what.matcher(text);
    for (int i = 0; i <= skipped; i++) {
      if (!matcher.find()) {
        return text;
      }
    }
    return text.substring(0, matcher.start()) + with + text.substring(matcher.end());
  }

  private static List<String> names(Headers headers) {
    return Arrays.stream(headers.toArray()).map(Header::key).distinct().toList();
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
