package dev.greenstick.contracts.hypothesis;

import java.util.Objects;

/**
 * A fact that a hypothesis may name.
 *
 * @param name how it is written, for example {@code fault.latency.p99}
 * @param phase the phase it is about
 * @param unit the unit of its figures
 * @param meaning what it is, in one phrase
 */
public record Fact(String name, Phase phase, Unit unit, String meaning) {

  public Fact {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(meaning, "meaning");
  }

  /** The fact of a measure in a phase. */
  static Fact of(Phase phase, Measure measure) {
    return new Fact(
        phase.word() + "." + measure.word(),
        phase,
        measure.unit(),
        measure.meaning() + ", " + phase.meaning());
  }
}
