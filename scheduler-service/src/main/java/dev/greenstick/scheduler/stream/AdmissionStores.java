package dev.greenstick.scheduler.stream;

import java.util.Objects;

/**
 * The names of admission's stores.
 *
 * @param going runs that were admitted and have not ended
 * @param successors experiment and cluster to the run that takes the place of those that go on
 * @param decided runs that were decided on, for as long as runs are remembered
 * @param halted scope to the halt that is in force
 * @param agents cluster and agent to what was heard of it
 */
public record AdmissionStores(
    String going, String successors, String decided, String halted, String agents) {

  public AdmissionStores {
    Objects.requireNonNull(going, "going");
    Objects.requireNonNull(successors, "successors");
    Objects.requireNonNull(decided, "decided");
    Objects.requireNonNull(halted, "halted");
    Objects.requireNonNull(agents, "agents");
  }
}
