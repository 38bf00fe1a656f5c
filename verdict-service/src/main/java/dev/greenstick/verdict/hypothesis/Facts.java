package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.FactValues;
import dev.greenstick.contracts.hypothesis.Phase;
import java.util.Map;

/**
 * Everything that the history of a run says, and why it does not say the rest.
 *
 * @param values the facts
 * @param why for every fact that is not among them, the reason in a phrase
 * @param samples how many predictions each phase has
 */
public record Facts(FactValues values, Map<String, String> why, Map<Phase, Long> samples) {

  public Facts {
    why = Map.copyOf(why);
    samples = Map.copyOf(samples);
  }

  /** Why a fact is missing. */
  String reason(String fact) {
    return why.getOrDefault(fact, "the history does not hold it");
  }

  /** How many predictions these facts rest on. */
  long samples(Iterable<Fact> facts) {
    long sum = 0;
    for (Phase phase : Phase.values()) {
      for (Fact fact : facts) {
        if (fact.phase() == phase) {
          sum += samples.getOrDefault(phase, 0L);
          break;
        }
      }
    }
    return sum;
  }
}
