package dev.greenstick.probe.predict.serving;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.ReadyCheck;
import dev.greenstick.probe.predict.Reply;
import java.util.List;

/** Asks something and takes everything for right. */
final class DoNothing implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return List.of();
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Conversation() {
      @Override
      public Question ask(long index) {
        return Question.get(probe.url());
      }

      @Override
      public Answer read(long index, Reply reply) {
        return new Answer.Ok(List.of(), NullNode.getInstance());
      }
    };
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of();
  }
}
