package dev.greenstick.verdict.stream;

/**
 * What the stores are called that runs are found by.
 *
 * @param standings run to {@link dev.greenstick.verdict.listing.Standing}
 * @param listed the keys of every list
 * @param late run and place to {@link dev.greenstick.verdict.history.Evidence} that came after the
 *     verdict
 */
public record ListNames(String standings, String listed, String late) {

  String[] all() {
    return new String[] {standings, listed, late};
  }
}
