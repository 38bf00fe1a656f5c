package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far a replay is that was asked for, and what it came to.
 *
 * @param number its number in this process
 * @param stage how far it is
 * @param pace how fast it is and what is left, or how fast it was; left out until it is known how
 *     much there is
 * @param counts what it came to; left out until it is done
 * @param outcomes those that are not as recorded, the first of them in the order of judging; empty
 *     in a list of replays
 * @param more how many outcomes more there are that are not as recorded
 * @param failure why it failed; left out unless it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AskedReplay(
    long number,
    Stage stage,
    Pace.Shown pace,
    Counts counts,
    List<Outcome> outcomes,
    long more,
    String failure) {

  public AskedReplay {
    outcomes = List.copyOf(outcomes);
  }

  /** Without the outcomes themselves, for a list of replays: they are counted as more. */
  AskedReplay inOneLine() {
    return new AskedReplay(number, stage, pace, counts, List.of(), more + outcomes.size(), failure);
  }

  /** How far one is. */
  public enum Stage {
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether nothing more comes of it. */
    boolean isOver() {
      return switch (this) {
        case WAITING, RUNNING -> false;
        case DONE, FAILED, CANCELLED -> true;
      };
    }
  }
}
