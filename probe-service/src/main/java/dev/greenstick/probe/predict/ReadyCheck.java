package dev.greenstick.probe.predict;

import java.net.URI;
import java.util.function.Predicate;

/**
 * A protocol's own question whether something is ready. Its answer decides nothing: what
 * predictions are like is told by predictions.
 *
 * @param what what may be ready, like {@code model iris}
 * @param question what is asked
 * @param ready whether an answer says yes; never throws
 */
public record ReadyCheck(String what, Question question, Predicate<Reply> ready) {

  /** Ready is what answers with status 200. */
  static ReadyCheck byStatus(String what, URI url) {
    return new ReadyCheck(what, Question.get(url), reply -> reply.status() == 200);
  }
}
