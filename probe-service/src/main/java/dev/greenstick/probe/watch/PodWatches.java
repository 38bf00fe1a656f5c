package dev.greenstick.probe.watch;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.health.PodHealth;
import java.util.List;
import java.util.function.Consumer;

/** Watches pods. */
public interface PodWatches {

  /**
   * Begins to watch the pods of selectors, and goes on until closed whatever becomes of the API
   * server. Does not wait for it.
   *
   * @param selectors what to watch; at least one
   * @param changed told the first state of every pod and every other one after it, one at a time
   */
  PodWatch over(RunRef run, List<Selector> selectors, Consumer<PodHealth> changed);
}
