package dev.greenstick.scheduler.api;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits until the streams have taken up what was written to a topic, so that whoever wrote it sees
 * it in the next answer.
 */
@ApplicationScoped
class TakenUp {

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(10);

  /** Blocks; 503 when it takes too long, for {@code what} is then written but not in force yet. */
  void await(String what, BooleanSupplier visible) {
    Uni.createFrom()
        .item(visible::getAsBoolean)
        .repeat()
        .withDelay(LOOKS_EVERY)
        .until(seen -> seen)
        .collect()
        .last()
        .ifNoItem()
        .after(WITHIN)
        .failWith(
            () ->
                Refusal.notYet(
                    what + ": written to its topic and not taken up yet; do not send it again"))
        .await()
        .indefinitely();
  }
}
