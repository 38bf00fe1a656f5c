package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How one intended prediction was answered; each counts once, in one of these ways. */
public sealed interface Answer {

  /** What was seen, for whoever looks for the cause; empty where all is well. */
  String detail();

  /**
   * The right prediction, or any where none is expected.
   *
   * @param labels the labels that were predicted; empty where predictions are no labels
   * @param prediction the whole prediction, in the form in which a request says what is right
   * @param judged whether it was held against anything
   */
  record Ok(List<String> labels, JsonNode prediction, boolean judged) implements Answer {

    /** A prediction as its protocol reads it: {@link RightAnswers} judge it. */
    public Ok(List<String> labels, JsonNode prediction) {
      this(labels, prediction, false);
    }

    public Ok {
      labels = List.copyOf(labels);
    }

    @Override
    public String detail() {
      return "";
    }
  }

  /**
   * A prediction, and not the right one.
   *
   * @param labels the labels that were predicted
   */
  record Wrong(List<String> labels, String detail) implements Answer {

    public Wrong {
      labels = List.copyOf(labels);
    }
  }

  /** Something that is no prediction of the protocol. */
  record Malformed(String detail) implements Answer {}

  /** No connection, or one that broke. */
  record Refused(String detail) implements Answer {}

  /** No whole answer within the timeout. */
  record TimedOut(String detail) implements Answer {}

  /** A 5xx status. */
  record ServerError(String detail) implements Answer {}

  /** A 3xx or 4xx status: redirects are not followed. */
  record ClientError(String detail) implements Answer {}
}
