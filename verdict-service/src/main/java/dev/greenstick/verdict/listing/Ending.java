package dev.greenstick.verdict.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.verdict.history.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a run, as lists tell runs apart. */
public enum Ending {
  /** Nothing yet: it lives, or nobody told its end. */
  @JsonProperty("open")
  OPEN,
  /** It did not take place. */
  @JsonProperty("skipped")
  SKIPPED,
  @JsonProperty("confirmed")
  CONFIRMED,
  @JsonProperty("refuted")
  REFUTED,
  @JsonProperty("inconclusive")
  INCONCLUSIVE;

  /** What became of a run that has come so far. */
  public static Ending of(Progress progress) {
    if (progress.closed()) {
      return valueOf(progress.judged().outcome().outcome());
    }
    return progress.skip() == null ? OPEN : SKIPPED;
  }

  /** As it stands in requests and keys. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this word; empty when there is none. */
  public static Optional<Ending> find(String word) {
    return Arrays.stream(values()).filter(ending -> ending.word().equals(word)).findFirst();
  }
}
