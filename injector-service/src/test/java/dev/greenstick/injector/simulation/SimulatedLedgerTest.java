package dev.greenstick.injector.simulation;

import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.LedgerContract;

class SimulatedLedgerTest extends LedgerContract {

  private final SimulatedCluster cluster = new SimulatedCluster();

  @Override
  protected Ledger ledger() {
    return cluster;
  }
}
