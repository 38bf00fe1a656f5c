package dev.greenstick.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Progress;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event costs the same in the first minute and in the tenth hour. */
class FoldCostTest {

  private static final int LONG = 36_000;
  private static final int MEASURED = 500;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void neitherMemoryNorWorkForAnEventGrowsWithTheRun() {
    // Given
    List<Evidence> events =
        Story.of(1, LONG - 20, 10, 10).hypothesis(List.of("run.count > 1"), List.of()).evidence();
    Progress progress = Progress.of(events.getFirst().data().run());
    long early = 0;
    long late = 0;
    int sizeEarly = 0;
    int windows = 0;

    // When
    for (Evidence event : events) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      progress = Folded.FOLD.fold(progress, event).after();
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (event.data() instanceof HealthWindow) {
        windows++;
        early += windows > MEASURED && windows <= 2 * MEASURED ? allocated : 0;
        late += windows > LONG - 21 - MEASURED && windows <= LONG - 21 ? allocated : 0;
        if (windows == 2 * MEASURED) {
          sizeEarly = Json.text(progress).length();
        }
      }
    }

    // Then
    assertThat(windows).isEqualTo(LONG);
    assertThat((double) late / early)
        .as("bytes allocated for an event, late beside early: %d, %d", late, early)
        .isBetween(0.5, 1.5);
    assertThat(Json.text(progress).length())
        .as("the size of what is looked at with every event")
        .isLessThan(sizeEarly + 800);
  }
}
