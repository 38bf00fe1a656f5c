package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.intake.Intake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which part of history is looked at. Everything that is given must hold; {@link #ALL} is all of
 * it.
 *
 * @param run this run alone
 * @param experiment runs of this experiment alone
 * @param cluster runs on this cluster alone
 * @param since runs that were planned at or after this instant
 * @param before runs that were planned before this instant
 * @param offsets of the topics of history only these records; where none is given, every record
 */
public record Selection(
    Optional<RunId> run,
    Optional<ExperimentName> experiment,
    Optional<ClusterName> cluster,
    Optional<Instant> since,
    Optional<Instant> before,
    List<OffsetRange> offsets) {

  public static final Selection ALL =
      new Selection(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public Selection {
    offsets = List.copyOf(offsets);
    if (since.isPresent() && before.isPresent() && !since.get().isBefore(before.get())) {
      throw new IllegalArgumentException(
          "nothing is since " + since.get() + " and before " + before.get());
    }
    for (OffsetRange range : offsets) {
      if (range.from() < 0 || range.from() > range.to() || range.partition() < 0) {
        throw new IllegalArgumentException(
            "%s partition %d has no offsets from %d to %d"
                .formatted(range.topic(), range.partition(), range.from(), range.to()));
      }
      if (Intake.HISTORY.stream().noneMatch(topic -> topic.name().equals(range.topic()))) {
        throw new IllegalArgumentException(
            range.topic()
                + " holds no history of runs; there are "
                + Intake.HISTORY.stream().map(Topic::name).collect(Collectors.joining(", ")));
      }
    }
  }

  /** One run and nothing else. */
  public static Selection of(RunId run) {
    return new Selection(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Whether a run that was planned at this instant is looked at, as far as time goes. */
  boolean holdsPlannedAt(Instant instant) {
    return since.map(from -> !instant.isBefore(from)).orElse(true)
        && before.map(instant::isBefore).orElse(true);
  }

  boolean isTimed() {
    return since.isPresent() || before.isPresent();
  }

  /** Whether the record there is looked at, as far as offsets go. */
  boolean holdsOffset(String topic, int partition, long offset) {
    if (offsets.isEmpty()) {
      return true;
    }
    for (OffsetRange range : offsets) {
      if (range.partition() == partition
          && range.topic().equals(topic)
          && range.from() <= offset
          && offset <= range.to()) {
        return true;
      }
    }
    return false;
  }
}
