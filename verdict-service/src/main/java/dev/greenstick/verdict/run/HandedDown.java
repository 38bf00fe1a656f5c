package dev.greenstick.verdict.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.util.ArrayList;
import java.util.List;

/**
 * What was handed down about a run so far.
 *
 * @param baseline null until it is judged
 * @param breaches in the order in which they were found
 * @param verdict null until it is reached
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandedDown(
    BaselineJudged baseline, List<StopConditionBreached> breaches, VerdictReached verdict) {

  public static final HandedDown NOTHING = new HandedDown(null, List.of(), null);

  public HandedDown {
    breaches = breaches == null ? List.of() : List.copyOf(breaches);
  }

  /** With one event more. */
  public HandedDown with(VerdictEvent event) {
    return switch (event) {
      case BaselineJudged judged -> new HandedDown(judged, breaches, verdict);
      case StopConditionBreached breached -> {
        List<StopConditionBreached> more = new ArrayList<>(breaches);
        more.add(breached);
        yield new HandedDown(baseline, more, verdict);
      }
      case VerdictReached reached -> new HandedDown(baseline, breaches, reached);
    };
  }
}
