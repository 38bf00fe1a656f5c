package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Expected;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.TextPattern;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.ExpectationsLearned.Learned;
import dev.greenstick.contracts.health.ExpectationsLearned.Unstable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is right for each request of a probe: said by the request, or learned from what it was
 * answered in the baseline. An answer that is held against nothing is not judged: neither right nor
 * wrong. For one thread at a time.
 */
public final class RightAnswers {

  /** The most characters of JSON that are learned: they travel in one event. */
  static final int MOST_LEARNED = 512 * 1024;

  /** What is known of a request. */
  private sealed interface Known {

    /** The request says what is right. */
    record Given(JsonNode expected) implements Known {}

    /** Nothing is right or wrong. */
    record Nothing() implements Known {}

    /** It was not answered yet, and will be learned. */
    record Unanswered() implements Known {}

    /** It was answered like this, so far always. */
    record Answered(JsonNode first, long times) implements Known {}

    /** It is answered now like this and now like that. */
    record Unsteady(String detail) implements Known {}

    /** This was its answer in the baseline. */
    record LearnedAnswer(JsonNode expected) implements Known {}
  }

  private static final Known NOTHING = new Known.Nothing();

  private final Comparison comparison;
  private final List<Known> requests = new ArrayList<>();
  private final long learnUntilNanos;
  private boolean learning;
  private int learned;

  /**
   * @param probe whose requests are asked in turn
   * @param form brings what a request expects into the form of the protocol's predictions
   * @param learnUntilNanos the end of the baseline, as an offset from the run's start
   */
  public RightAnswers(Probe probe, UnaryOperator<JsonNode> form, long learnUntilNanos) {
    this.comparison = new Comparison(probe.compare());
    this.learnUntilNanos = learnUntilNanos;
    this.learning = probe.expected() == Expected.LEARNED;
    for (PredictionRequest request : probe.requests()) {
      boolean said = request.expect() != null && !request.expect().isNull();
      requests.add(
          said
              ? new Known.Given(form.apply(request.expect()))
              : learning ? new Known.Unanswered() : NOTHING);
    }
  }

  /** What of the requests' expectations cannot be held against anything, with its path. */
  public static List<Problem> problems(Probe probe) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < probe.requests().size(); i++) {
      JsonNode expected = probe.requests().get(i).expect();
      if (expected != null) {
        for (Problem problem : TextPattern.problems(expected, probe.compare())) {
          problems.add(new Problem("requests[" + i + "]." + problem.path(), problem.message()));
        }
      }
    }
    return problems;
  }

  /**
   * Judges what a question was answered.
   *
   * @param index the question's index; requests are asked in turn
   * @param answer what its protocol makes of the reply
   * @param intendedNanos when it was intended, as an offset from the run's start
   */
  public Answer judged(long index, Answer answer, long intendedNanos) {
    if (!(answer instanceof Answer.Ok predicted)) {
      return answer;
    }
    int request = (int) (index % requests.size());
    List<String> labels = labels(predicted);
    JsonNode prediction = predicted.prediction();
    return switch (requests.get(request)) {
      case Known.Given(JsonNode expected) ->
          answer(labels, prediction, comparison.difference(expected, prediction));
      case Known.LearnedAnswer(JsonNode expected) ->
          intendedNanos < learnUntilNanos
              ? new Answer.Ok(labels, prediction, false)
              : answer(labels, prediction, comparison.change(expected, prediction));
      case Known.Nothing _, Known.Unsteady _ -> new Answer.Ok(labels, prediction, false);
      case Known.Unanswered _ -> {
        if (learning && intendedNanos < learnUntilNanos) {
          requests.set(request, first(prediction));
        }
        yield new Answer.Ok(labels, prediction, false);
      }
      case Known.Answered before -> {
        if (learning && intendedNanos < learnUntilNanos) {
          requests.set(request, again(before, prediction));
        }
        yield new Answer.Ok(labels, prediction, false);
      }
    };
  }

  private static Answer answer(
      List<String> labels, JsonNode prediction, Optional<String> difference) {
    return difference
        .<Answer>map(what -> new Answer.Wrong(labels, Seen.line(what)))
        .orElseGet(() -> new Answer.Ok(labels, prediction, true));
  }

  private List<String> labels(Answer.Ok predicted) {
    List<String> numeric = comparison.numericLabels(predicted.prediction());
    if (numeric.isEmpty()) {
      return predicted.labels();
    }
    List<String> all = new ArrayList<>(predicted.labels());
    all.addAll(numeric);
    return all;
  }

  private Known first(JsonNode prediction) {
    learned += prediction.toString().length();
    return learned > MOST_LEARNED
        ? new Known.Unsteady(
            "is not learned: what is learned would be longer than " + MOST_LEARNED + " characters")
        : new Known.Answered(prediction, 1);
  }

  private Known again(Known.Answered before, JsonNode prediction) {
    return comparison
        .change(before.first(), prediction)
        .<Known>map(
            what -> new Known.Unsteady(Seen.line(what + " as " + before.times() + " times before")))
        .orElseGet(() -> new Known.Answered(before.first(), before.times() + 1));
  }

  /**
   * What was learned, once, when the baseline is over; empty before, after and without learning.
   */
  public Optional<Lesson> lesson(long offsetNanos) {
    if (!learning || offsetNanos < learnUntilNanos) {
      return Optional.empty();
    }
    learning = false;
    List<Learned> stable = new ArrayList<>();
    List<Unstable> unstable = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      switch (requests.get(i)) {
        case Known.Answered(JsonNode first, long _) -> {
          stable.add(new Learned(i, first));
          requests.set(i, new Known.LearnedAnswer(first));
        }
        case Known.Unsteady(String detail) -> unstable.add(new Unstable(i, detail));
        case Known.Unanswered _ -> requests.set(i, NOTHING);
        case Known.Given _, Known.Nothing _, Known.LearnedAnswer _ -> {}
      }
    }
    return Optional.of(new Lesson(requests.size(), stable, unstable));
  }

  /** Takes over what was learned before the probe had to begin again. */
  public void restore(ExpectationsLearned before) {
    for (Learned answer : before.learned()) {
      if (isToBeLearned(answer.request())) {
        requests.set(answer.request(), new Known.LearnedAnswer(answer.expect()));
      }
    }
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i) instanceof Known.Unanswered) {
        requests.set(i, NOTHING);
      }
    }
    learning = false;
  }

  private boolean isToBeLearned(int request) {
    return request >= 0
        && request < requests.size()
        && requests.get(request) instanceof Known.Unanswered;
  }

  /**
   * What was learned.
   *
   * @param requests how many requests there are
   * @param learned those that are judged from now on
   * @param unstable those that cannot be judged
   */
  public record Lesson(int requests, List<Learned> learned, List<Unstable> unstable) {

    public Lesson {
      learned = List.copyOf(learned);
      unstable = List.copyOf(unstable);
    }
  }
}
