package dev.greenstick.injector.fault;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.injector.target.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults that this injector can carry out.
 *
 * @param podFailure for {@code pod-failure}
 * @param podKill for {@code pod-kill}
 */
public record Drivers(PodFailure podFailure, PodKill podKill) {

  /** What a heartbeat announces. */
  public List<String> capabilities() {
    return List.of(podFailure.name(), podKill.name());
  }

  /** The driver of a spec's action; empty when there is none. */
  public Optional<FaultDriver> of(PodChaos spec) {
    return switch (spec.action()) {
      case POD_FAILURE -> Optional.of(podFailure);
      case POD_KILL -> Optional.of(podKill);
      case CONTAINER_KILL -> Optional.empty();
    };
  }

  /** Everything about a spec that cannot be carried out; empty when all can. Pure. */
  public List<Problem> problems(PodChaos spec) {
    List<Problem> problems = new ArrayList<>();
    Optional<FaultDriver> driver = of(spec);
    if (driver.isEmpty()) {
      problems.add(
          new Problem(
              "action",
              "container-kill is not supported by this injector, which can do %s"
                  .formatted(String.join(" and ", capabilities()))));
    }
    driver.ifPresent(each -> problems.addAll(each.problems(spec)));
    Choice.problem(spec.mode(), spec.value()).ifPresent(problems::add);
    if (!spec.selector().nodeSelectors().isEmpty()) {
      problems.add(
          new Problem(
              "selector.nodeSelectors",
              "is not supported by this injector, which may not read nodes: name them in selector.nodes"));
    }
    if (spec.duration().isNegative() || spec.duration().isZero()) {
      problems.add(new Problem("duration", "must be above 0, but is: " + spec.duration()));
    }
    return problems;
  }
}
