package dev.greenstick.contracts.experiment;

/** Reads a PodChaos spec as Chaos Mesh takes it. */
final class PodChaosReader {

  private PodChaosReader() {}
}
