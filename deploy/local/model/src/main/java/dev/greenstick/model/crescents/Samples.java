package dev.greenstick.model.crescents;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.classification.example.NoisyInterlockingCrescentsDataSource;

/**
 * Points that the model was not trained on. They are drawn with a seed of their own, so they are
 * the same on every machine.
 */
public final class Samples {
  private static final int DRAWN = 1_000;
  private static final long SEED = 2;
  private static final double SURE = 0.9;

  private Samples() {}

  /** One thousand held-out points with their true labels, whatever the model says of them. */
  public static List<Sample> heldOut() {
    var drawn = new NoisyInterlockingCrescentsDataSource(DRAWN, SEED, Crescents.VARIANCE);
    return StreamSupport.stream(drawn.spliterator(), false).map(Samples::sample).toList();
  }

  /**
   * Held-out points that the model answers rightly and with at least nine tenths of the votes,
   * labels taking turns: a wrong answer to one of them is the deployment's fault, never the
   * model's.
   *
   * @param model the trained model
   * @param count how many, an even number up to some hundreds
   * @throws IllegalArgumentException when there are not as many
   */
  public static List<Sample> answeredRightly(Crescents model, int count) {
    var sure = heldOut().stream().filter(sample -> isSure(model, sample)).toList();
    var perLabel =
        Crescents.LABELS.stream()
            .map(label -> sure.stream().filter(sample -> sample.label().equals(label)).toList())
            .toList();
    int each = count / Crescents.LABELS.size();
    if (count % Crescents.LABELS.size() != 0
        || perLabel.stream().anyMatch(of -> of.size() < each)) {
      throw new IllegalArgumentException(
          "Asked for "
              + count
              + " samples: ask for an even number, there are "
              + sure.size()
              + " in all");
    }
    return IntStream.range(0, count)
        .mapToObj(i -> perLabel.get(i % perLabel.size()).get(i / perLabel.size()))
        .toList();
  }

  /**
   * The twenty samples of {@code samples.jsonl}, which experiments quote: {@code {"point": [x1,
   * x2], "label": "O"}}, one a line. The model is sure of each.
   */
  public static List<Sample> shipped() {
    try (var lines = Samples.class.getResourceAsStream("samples.jsonl")) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Samples::sample)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample sample(String line) {
    var written = new JsonObject(line);
    var point = written.getJsonArray("point");
    return new Sample(
        new Point(point.getDouble(0), point.getDouble(1)), written.getString("label"));
  }

  private static boolean isSure(Crescents model, Sample sample) {
    var answer = model.classify(sample.point());
    return answer.label().equals(sample.label())
        && answer.scores().get(Crescents.LABELS.indexOf(sample.label())) >= SURE;
  }

  private static Sample sample(Example<Label> drawn) {
    double[] coordinates =
        StreamSupport.stream(drawn.spliterator(), false)
            .mapToDouble(Feature::getValue)
            .map(Samples::toThreeDecimals)
            .toArray();
    return new Sample(new Point(coordinates[0], coordinates[1]), drawn.getOutput().getLabel());
  }

  // Short enough to be read in an experiment file.
  private static double toThreeDecimals(double coordinate) {
    return Math.round(coordinate * 1_000) / 1_000.0;
  }
}
