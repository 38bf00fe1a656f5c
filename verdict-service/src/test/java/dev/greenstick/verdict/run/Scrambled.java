package dev.greenstick.verdict.run;

import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The events of a history in any order, some of them more than once. */
final class Scrambled {

  private Scrambled() {}

  static List<Evidence> of(List<Evidence> events, Random random) {
    List<Evidence> scrambled = new ArrayList<>(events);
    for (Evidence event : events) {
      while (random.nextInt(4) == 0) {
        // Read again, or written again further on.
        Origin origin = event.origin();
        scrambled.add(
            random.nextBoolean()
                ? event
                : new Evidence(
                    event.data(),
                    event.time(),
                    new Origin(origin.topic(), origin.partition(), origin.offset() + 1_000)));
      }
    }
    Collections.shuffle(scrambled, random);
    return scrambled;
  }
}
