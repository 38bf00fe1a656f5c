package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.id.ProbeName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A figure that is read off the history of a run. */
public sealed interface Fact extends Figure {

  /** What it is, in one phrase. */
  String meaning();

  /** Whose predictions in which span it is about; for alerts all probes and the whole run. */
  Part part();

  @Override
  default List<Fact> facts() {
    return List.of(this);
  }

  /** A measure of a part. */
  record Measured(Part part, Measure measure) implements Fact {

    public Measured {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(measure, "measure");
    }

    @Override
    public String name() {
      return part.word() + "." + measure.word();
    }

    @Override
    public Unit unit() {
      return measure.unit();
    }

    @Override
    public String meaning() {
      return measure.meaning() + ", " + part.meaning();
    }
  }

  /** How often one label was predicted, among all predictions with a label. */
  record LabelShare(Part part, String label) implements Fact {

    public LabelShare {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(label, "label");
    }

    @Override
    public String name() {
      return part.word() + ".labels['" + label + "']";
    }

    @Override
    public Unit unit() {
      return Unit.SHARE;
    }

    @Override
    public String meaning() {
      return "share of label " + label + " among the labels predicted, " + part.meaning();
    }
  }

  /**
   * From the last revert until as many pods are ready as before the fault, those it hit included,
   * and every later prediction is right.
   */
  record RecoveryTime(Optional<ProbeName> probe) implements Fact {

    static final String MEANING =
        "from the last revert until as many pods are ready as before and every later prediction"
            + " is right";

    public RecoveryTime {
      Objects.requireNonNull(probe, "probe");
    }

    @Override
    public Part part() {
      return new Part(probe, Phase.RECOVERY);
    }

    @Override
    public String name() {
      return part().word() + ".time";
    }

    @Override
    public Unit unit() {
      return Unit.SECONDS;
    }

    @Override
    public String meaning() {
      return MEANING;
    }
  }

  /** How many alerts fired, whatever their name. */
  record AlertsFired() implements Fact {

    @Override
    public Part part() {
      return Part.of(Phase.RUN);
    }

    @Override
    public String name() {
      return "alerts.fired";
    }

    @Override
    public Unit unit() {
      return Unit.COUNT;
    }

    @Override
    public String meaning() {
      return "alerts of any name that fired after the first fault began";
    }
  }

  /** Something about one alert. */
  record OfAlert(String alert, AlertMeasure measure) implements Fact {

    public OfAlert {
      Objects.requireNonNull(alert, "alert");
      Objects.requireNonNull(measure, "measure");
    }

    @Override
    public Part part() {
      return Part.of(Phase.RUN);
    }

    @Override
    public String name() {
      return "alerts['" + alert + "']." + measure.word();
    }

    @Override
    public Unit unit() {
      return measure.unit();
    }

    @Override
    public String meaning() {
      return measure.meaning();
    }
  }
}
