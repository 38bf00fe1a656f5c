package dev.greenstick.contracts.hypothesis;

/** Where an assertion stands, which decides what can be known when it is judged. */
public enum Scope {
  STEADY_STATE("steadyState", "baseline facts only: it is judged before any fault"),
  ASSERTIONS("assertions", "every fact"),
  STOP_CONDITIONS(
      "stopConditions",
      "facts of the baseline, the fault, steps, the run and alerts: it is judged while a fault is"
          + " live");

  private final String field;
  private final String allows;

  Scope(String field, String allows) {
    this.field = field;
    this.allows = allows;
  }

  /** The field of {@code spec.hypothesis}. */
  public String field() {
    return field;
  }

  boolean allows(Fact fact) {
    boolean isOfAlerts = fact instanceof Fact.AlertsFired || fact instanceof Fact.OfAlert;
    return switch (this) {
      case STEADY_STATE -> fact.part().span() == Phase.BASELINE && !isOfAlerts;
      case ASSERTIONS -> true;
      case STOP_CONDITIONS -> fact.part().span() != Phase.RECOVERY;
    };
  }

  boolean allows(Part part) {
    return allows(new Fact.Measured(part, Measure.COUNT_ALL));
  }

  String rule() {
    return field + " may name " + allows;
  }
}
