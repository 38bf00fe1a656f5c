package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.MayBeMissing;
import java.util.List;

/**
 * What is believed of the model, in CEL over the facts of {@code
 * dev.greenstick.contracts.hypothesis}.
 *
 * @param steadyState what the baseline must show before any fault is injected; at least one
 * @param assertions what decides the verdict; at least one
 * @param stopConditions what reverts every fault at once as soon as it holds; may be empty
 */
public record Hypothesis(
    List<String> steadyState, List<String> assertions, @MayBeMissing List<String> stopConditions) {

  public Hypothesis {
    steadyState = List.copyOf(steadyState);
    assertions = List.copyOf(assertions);
    stopConditions = stopConditions == null ? List.of() : List.copyOf(stopConditions);
  }
}
