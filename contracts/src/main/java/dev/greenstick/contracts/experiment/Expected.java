package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where it is known from what the right prediction is. */
public enum Expected {
  /** The requests say, each for itself; those that do not are not judged. */
  @JsonProperty("given")
  GIVEN,
  /**
   * What a request without an {@code expect} is answered in the baseline is right from then on,
   * provided that it was the same each time.
   */
  @JsonProperty("learned")
  LEARNED
}
