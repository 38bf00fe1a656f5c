package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.id.StepName;
import java.util.Objects;

/** A span of a run that has facts of its own: a {@link Phase}, or one step of the method. */
public sealed interface Span permits Phase, Span.OfStep {

  /** How the hypothesis names it. */
  String word();

  /** When it is, to follow a noun. */
  String meaning();

  /** While a fault of one step was live. */
  record OfStep(StepName step) implements Span {

    public OfStep {
      Objects.requireNonNull(step, "step");
    }

    @Override
    public String word() {
      return "steps['" + step.value() + "']";
    }

    @Override
    public String meaning() {
      return "while a fault of step " + step.value() + " was live";
    }
  }
}
