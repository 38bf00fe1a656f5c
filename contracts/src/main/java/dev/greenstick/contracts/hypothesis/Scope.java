package dev.greenstick.contracts.hypothesis;

import java.util.EnumSet;
import java.util.Set;

/** Where an assertion stands, which decides what can be known when it is judged. */
public enum Scope {
  STEADY_STATE(
      "steadyState",
      EnumSet.of(Phase.BASELINE),
      "baseline facts only: it is judged before any fault"),
  ASSERTIONS("assertions", EnumSet.allOf(Phase.class), "every fact"),
  STOP_CONDITIONS(
      "stopConditions",
      EnumSet.of(Phase.FAULT, Phase.RUN),
      "fault and run facts only: it is judged while a fault is live");

  private final String field;
  private final Set<Phase> phases;
  private final String allows;

  Scope(String field, Set<Phase> phases, String allows) {
    this.field = field;
    this.phases = phases;
    this.allows = allows;
  }

  /** The field of {@code spec.hypothesis}. */
  public String field() {
    return field;
  }

  boolean allows(Fact fact) {
    return phases.contains(fact.phase());
  }

  String rule() {
    return field + " may name " + allows;
  }
}
