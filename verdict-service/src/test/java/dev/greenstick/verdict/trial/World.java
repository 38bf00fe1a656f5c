package dev.greenstick.verdict.trial;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * What is true of synthetic runs.
 *
 * @param baseline seconds before the fault
 * @param fault seconds of the fault
 * @param rate predictions a second
 * @param failing share of predictions that are refused, without the fault
 * @param loss by how much more share is refused during the fault
 * @param slowdown how many times as long every latency is during the fault
 * @param likeness autocorrelation of the server's speed from one second to the next, from 0 up to 1
 */
public record World(
    int baseline,
    int fault,
    int rate,
    double failing,
    double loss,
    double slowdown,
    double likeness) {

  /** The median latency without a fault, in microseconds. */
  private static final double MEDIAN = 10_000;

  /**
   * The standard deviation of the logarithm of latency within a second, and of the second's own.
   */
  private static final double WITHIN = 0.35;

  private static final double BETWEEN = 0.06;

  /** Twenty seconds of baseline and thirty of fault, fifty a second: what the demo does. */
  public static World shortRun() {
    return new World(20, 30, 50, 0, 0, 1, 0);
  }

  /** Two minutes each. */
  public static World longRun() {
    return new World(120, 120, 50, 0, 0, 1, 0);
  }

  public World failing(double share) {
    return new World(baseline, fault, rate, share, loss, slowdown, likeness);
  }

  public World loss(double share) {
    return new World(baseline, fault, rate, failing, share, slowdown, likeness);
  }

  public World slowdown(double factor) {
    return new World(baseline, fault, rate, failing, loss, factor, likeness);
  }

  public World likeness(double autocorrelation) {
    return new World(baseline, fault, rate, failing, loss, slowdown, autocorrelation);
  }

  /** What the judge makes of one run of this world, by the very fold that judges live. */
  public List<Judgement.Outcome> judged(List<String> assertions, long seed) {
    Random random = new Random(seed);
    Story story = Story.of((int) (seed % 1_000_000), baseline, fault, 1);
    story.hypothesis(assertions, List.of());
    double speed = random.nextGaussian();
    for (int i = 0; i < story.length(); i++) {
      boolean isFault = i >= baseline && i < baseline + fault;
      speed = likeness * speed + Math.sqrt(1 - likeness * likeness) * random.nextGaussian();
      second(story, i, isFault, speed, random);
    }
    VerdictReached verdict = Folded.of(story.evidence()).verdict().data();
    return verdict.judgements().stream().map(Judgement::outcome).toList();
  }

  private void second(Story story, int index, boolean isFault, double speed, Random random) {
    Histogram latency = LatencyHistogram.empty();
    int refused = 0;
    for (int i = 0; i < rate; i++) {
      if (random.nextDouble() < failing + (isFault ? loss : 0)) {
        refused++;
      } else {
        double micros =
            MEDIAN
                * (isFault ? slowdown : 1)
                * Math.exp(BETWEEN * speed + WITHIN * random.nextGaussian());
        LatencyHistogram.record(latency, Math.round(micros));
      }
    }
    story.measured(index, new Answers(rate - refused, 0, 0, refused, 0, 0, 0), latency);
  }
}
