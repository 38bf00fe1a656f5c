package dev.greenstick.contracts.hypothesis;

/** Units of figures. */
public enum Unit {
  /** Between 0 and 1. */
  SHARE("", "share"),
  COUNT("", "count"),
  /** Anything else without a unit. */
  NUMBER("", "number"),
  MILLISECONDS("ms", "ms"),
  SECONDS("s", "duration");

  private final String symbol;
  private final String description;

  Unit(String symbol, String description) {
    this.symbol = symbol;
    this.description = description;
  }

  /** What follows a figure; empty for plain numbers. */
  public String symbol() {
    return symbol;
  }

  /** How the documentation names it. */
  public String description() {
    return description;
  }
}
