package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.id.ProbeName;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose predictions in which span.
 *
 * @param probe the probe; empty for all probes of the run together, their predictions added up
 * @param span when
 */
public record Part(Optional<ProbeName> probe, Span span) {

  public Part {
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(span, "span");
  }

  /** All probes together. */
  public static Part of(Span span) {
    return new Part(Optional.empty(), span);
  }

  /** How the hypothesis names it. */
  public String word() {
    return probe.map(name -> "probes['" + name.value() + "'].").orElse("") + span.word();
  }

  /** Whose and when, to follow a noun. */
  public String meaning() {
    return probe.map(name -> "of probe " + name.value() + " ").orElse("") + span.meaning();
  }
}
