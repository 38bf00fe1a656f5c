package dev.greenstick.injector.safety;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A label that something has.
 *
 * @param key the label
 * @param value its value; empty for any
 */
public record LabelRule(String key, Optional<String> value) {

  public LabelRule {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a label is written KEY or KEY=VALUE, and has a key");
    }
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads {@code KEY} or {@code KEY=VALUE}.
   *
   * @throws IllegalArgumentException when there is no key
   */
  public static LabelRule parse(CharSequence text) {
    String[] parts = text.toString().trim().split("=", 2);
    return new LabelRule(
        parts[0].trim(), Optional.of(parts).filter(p -> p.length == 2).map(p -> p[1]));
  }

  /** Whether these labels have it. */
  public boolean matches(Map<String, String> labels) {
    String found = labels.get(key);
    return found != null && value.map(found::equals).orElse(true);
  }

  @Override
  public String toString() {
    return value.map(each -> key + "=" + each).orElse(key);
  }
}
