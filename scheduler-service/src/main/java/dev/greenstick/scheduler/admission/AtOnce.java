package dev.greenstick.scheduler.admission;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How many runs may go on at once; empty where any number may.
 *
 * @param overall everywhere
 * @param ofACluster on one cluster
 * @param ofANamespace whose faults may touch one namespace of one cluster
 */
public record AtOnce(OptionalInt overall, OptionalInt ofACluster, OptionalInt ofANamespace) {

  /** Any number anywhere. */
  public static final AtOnce ANY =
      new AtOnce(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  public AtOnce {
    positive("most-runs", overall);
    positive("most-runs-of-a-cluster", ofACluster);
    positive("most-runs-of-a-namespace", ofANamespace);
  }

  private static void positive(String name, OptionalInt most) {
    if (most.isPresent() && most.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "greenstick.scheduler." + name + " must be at least 1, but is: " + most.getAsInt());
    }
  }

  /** Why one more is too many, or nothing. */
  Optional<String> tooMany(Going wanted, Collection<Going> going) {
    return Stream.concat(
            Stream.of(
                    check(overall, "most-runs", "", going.size()),
                    check(
                        ofACluster,
                        "most-runs-of-a-cluster",
                        " on cluster " + wanted.run().cluster(),
                        going.stream().filter(other -> sameCluster(other, wanted)).count()))
                .flatMap(Optional::stream),
            wanted.namespaces().stream()
                .sorted()
                .map(namespace -> ofNamespace(namespace, wanted, going))
                .flatMap(Optional::stream))
        .findFirst();
  }

  private Optional<String> ofNamespace(String namespace, Going wanted, Collection<Going> going) {
    return check(
        ofANamespace,
        "most-runs-of-a-namespace",
        " in namespace " + namespace + " of cluster " + wanted.run().cluster(),
        going.stream()
            .filter(other -> sameCluster(other, wanted))
            .filter(other -> other.namespaces().contains(namespace))
            .count());
  }

  private static boolean sameCluster(Going one, Going other) {
    return one.run().cluster().equals(other.run().cluster());
  }

  private static Optional<String> check(OptionalInt most, String name, String where, long now) {
    return most.isPresent() && now >= most.getAsInt()
        ? Optional.of(
            "%d %s%s, and greenstick.scheduler.%s allows %d at once"
                .formatted(
                    now, now == 1 ? "run goes on" : "runs go on", where, name, most.getAsInt()))
        : Optional.empty();
  }
}
