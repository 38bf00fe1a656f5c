package dev.greenstick.probe.predict.http;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.ReadyCheck;
import dev.greenstick.probe.predict.Seen;
import dev.greenstick.probe.predict.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks a probe's server whether it is ready, by its protocol's own questions and over the probe's
 * own kind of connection. Asked for the log alone: what predictions are like is told by
 * predictions.
 */
public final class Readiness {

  /**
   * What a server said.
   *
   * @param ready whether it takes itself for ready; true too where the protocol does not tell
   * @param what what was asked and answered, in one bounded line
   */
  public record Said(boolean ready, String what) {}

  private final Vertx vertx;
  private final Context loop;
  private final Transport transport;

  /**
   * @param loop the event loop that the transport belongs to
   * @param transport for this alone: it is closed afterwards
   */
  public Readiness(Vertx vertx, Context loop, Transport transport) {
    this.vertx = vertx;
    this.loop = loop;
    this.transport = transport;
  }

  /** Asks one question after another, each for as long as the probe's timeout; never fails. */
  public Future<Said> ask(Probe probe, List<ReadyCheck> checks) {
    Promise<Said> said = Promise.promise();
    List<Said> answers = new ArrayList<>();
    loop.runOnContext(now -> next(probe, checks, answers, said));
    return said.future();
  }

  private void next(Probe probe, List<ReadyCheck> checks, List<Said> answers, Promise<Said> said) {
    if (answers.size() == checks.size()) {
      transport.close();
      said.complete(
          new Said(
              answers.stream().allMatch(Said::ready),
              checks.isEmpty()
                  ? "the protocol does not tell"
                  : answers.stream().map(Said::what).collect(Collectors.joining(", "))));
      return;
    }
    ReadyCheck check = checks.get(answers.size());
    var waiting = new Waiting(check);
    waiting
        .heard
        .future()
        .onSuccess(
            answer -> {
              answers.add(answer);
              next(probe, checks, answers, said);
            });
    waiting.send(probe);
  }

  /** One question. */
  private final class Waiting {

    private final ReadyCheck check;
    private final Promise<Said> heard = Promise.promise();

    Waiting(ReadyCheck check) {
      this.check = check;
    }

    void send(Probe probe) {
      Transport.Call call = transport.send(check.question(), probe.timeout(), this::heard);
      long timer =
          vertx.setTimer(
              Math.max(1, probe.timeout().toMillis()),
              due -> {
                call.abandon();
                tell(false, "no answer in time");
              });
      heard.future().onComplete(any -> vertx.cancelTimer(timer));
    }

    private void heard(Outcome outcome) {
      switch (outcome) {
        case Outcome.Replied(var reply) -> {
          boolean ready = check.ready().test(reply);
          tell(ready, ready ? "ready" : reply.status() + " " + Seen.line(reply.body()));
        }
        case Outcome.Broken(String detail) -> tell(false, detail);
        case Outcome.Unusable(String detail) -> tell(false, detail);
      }
    }

    private void tell(boolean ready, String detail) {
      var unused = heard.tryComplete(new Said(ready, Seen.line(check.what() + ": " + detail)));
    }
  }
}
