package dev.greenstick.injector.fault;

import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.util.List;

/** Victims that are chosen among the candidates by Chaos Mesh's modes. */
final class Chosen {

  private Chosen() {}

  static List<Victim> by(Mode mode, String value, List<Pod> candidates, long seed) {
    return Choice.choose(mode, value, candidates, seed).stream()
        .map(pod -> new Victim(pod.ref(), pod.images()))
        .toList();
  }
}
