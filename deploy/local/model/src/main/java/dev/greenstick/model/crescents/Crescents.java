package dev.greenstick.model.crescents;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.example.NoisyInterlockingCrescentsDataSource;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;

/**
 * The trained classifier. Data, sampling and splits are seeded, so every process on every machine
 * trains the same forest; immutable, safe for any thread.
 */
public final class Crescents {
  /** The labels of Tribuo's data source, in the order in which scores are given. */
  public static final List<String> LABELS = List.of("O", "X");

  static final double VARIANCE = 0.1;

  private static final String[] FEATURES = {"X1", "X2"};
  private static final int TRAINING_POINTS = 1_000;
  private static final int TREES = 20;
  private static final int DEPTH = 8;
  private static final long TRAINING_SEED = 1;

  // Held here, because a logger that nobody holds is collected together with its level.
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private final Model<Label> forest;

  private Crescents(Model<Label> forest) {
    this.forest = forest;
  }

  /** Trains the forest, which takes a fifth of a second in a fresh JVM. */
  public static Crescents train() {
    TRIBUO.setLevel(Level.WARNING);
    var tree =
        new CARTClassificationTrainer(DEPTH, 2f, 0f, 0.5f, false, new GiniIndex(), TRAINING_SEED);
    var trainer = new RandomForestTrainer<>(tree, new VotingCombiner(), TREES, TRAINING_SEED);
    var points = new NoisyInterlockingCrescentsDataSource(TRAINING_POINTS, TRAINING_SEED, VARIANCE);
    return new Crescents(trainer.train(new MutableDataset<>(points)));
  }

  /** The forest's answer for a point. */
  public Classification classify(Point point) {
    var example =
        new ArrayExample<>(
            LabelFactory.UNKNOWN_LABEL, FEATURES, new double[] {point.x1(), point.x2()});
    var prediction = forest.predict(example);
    var scores = prediction.getOutputScores();
    return new Classification(
        prediction.getOutput().getLabel(),
        LABELS.stream().map(label -> scores.get(label).getScore()).toList());
  }
}
