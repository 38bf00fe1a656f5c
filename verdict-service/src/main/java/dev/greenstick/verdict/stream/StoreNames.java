package dev.greenstick.verdict.stream;

/**
 * What the stores of the fold are called.
 *
 * @param runs run to {@link dev.greenstick.verdict.history.Progress}
 * @param evidence run and place to {@link dev.greenstick.verdict.history.Evidence}
 * @param tallies run to {@link dev.greenstick.verdict.hypothesis.LiveTally}, while a fault is live
 * @param deadlines the instants until which runs wait for what they lack
 * @param handedDown run to {@link dev.greenstick.verdict.run.HandedDown}
 */
public record StoreNames(
    String runs, String evidence, String tallies, String deadlines, String handedDown) {

  String[] all() {
    return new String[] {runs, evidence, tallies, deadlines, handedDown};
  }
}
