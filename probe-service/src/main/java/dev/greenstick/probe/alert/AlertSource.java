package dev.greenstick.probe.alert;

import dev.greenstick.contracts.experiment.AlertFeed;
import java.util.concurrent.CompletionStage;

/** Asks a source of alerts. Safe for many threads; does not block. */
@FunctionalInterface
public interface AlertSource {

  /** Looks once; completes within seconds, and never exceptionally. */
  CompletionStage<Sight> look(AlertFeed feed);
}
