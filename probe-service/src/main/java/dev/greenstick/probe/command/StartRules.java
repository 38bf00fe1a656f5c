package dev.greenstick.probe.command;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.Seen;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can keep a run's probes from starting; paths are those of the command. */
final class StartRules {

  private static final double NANOS_PER_SECOND = 1e9;

  private final ClusterName cluster;
  private final Limits limits;

  StartRules(ClusterName cluster, Limits limits) {
    this.cluster = cluster;
    this.limits = limits;
  }

  List<Problem> problems(ProbeStart start, Instant now) {
    List<Problem> problems = new ArrayList<>();
    if (!start.run().cluster().equals(cluster)) {
      problems.add(
          new Problem(
              "run.cluster",
              "is %s, but this probe serves %s".formatted(start.run().cluster(), cluster)));
    }
    if (now.isAfter(start.deadline())) {
      problems.add(
          new Problem(
              "deadline",
              "%s had passed when the command was read at %s: is the probe behind, or a clock wrong?"
                  .formatted(start.deadline(), now)));
    }
    duration("longest", start.longest(), limits.longest(), problems);
    if (start.probes().isEmpty() || start.probes().size() > limits.probes()) {
      problems.add(
          new Problem(
              "probes",
              "must be 1 to %d, but are %d".formatted(limits.probes(), start.probes().size())));
    }
    for (int i = 0; i < start.alerts().size(); i++) {
      AlertFeed feed = start.alerts().get(i);
      String path = "alerts[" + i + "].";
      if (feed.source() != AlertFeed.Source.WEBHOOK) {
        if (feed.url() == null || feed.every() == null) {
          problems.add(new Problem(path + "url", "and every must be there for what is asked"));
        } else {
          url(path + "url", feed.url(), problems);
          duration(path + "every", feed.every(), limits.timeout(), problems);
        }
      }
    }
    Set<ProbeName> names = new HashSet<>();
    for (int i = 0; i < start.probes().size(); i++) {
      Probe probe = start.probes().get(i);
      String path = "probes[" + i + "].";
      if (!names.add(probe.name())) {
        problems.add(
            new Problem(path + "name", probe.name() + " is the name of another probe already"));
      }
      probe(path, probe, problems);
    }
    return problems;
  }

  private void probe(String path, Probe probe, List<Problem> problems) {
    url(path + "url", probe.url(), problems);
    if (probe.model() != null && probe.model().isBlank()) {
      problems.add(new Problem(path + "model", "must be the name of a model, but is blank"));
    }
    boolean rateFits = probe.rate() > 0 && probe.rate() <= limits.rate();
    if (!rateFits) {
      problems.add(
          new Problem(
              path + "rate",
              "must be above 0 and at most %s predictions a second, but is %s"
                  .formatted(limits.rate(), probe.rate())));
    }
    boolean timeoutFits = duration(path + "timeout", probe.timeout(), limits.timeout(), problems);
    double inFlight = probe.rate() * probe.timeout().toNanos() / NANOS_PER_SECOND;
    if (rateFits && timeoutFits && inFlight > limits.inFlight()) {
      problems.add(
          new Problem(
              path + "timeout",
              "with this rate up to %.0f predictions would wait at once, more than %d: lower rate or timeout"
                  .formatted(inFlight, limits.inFlight())));
    }
    if (probe.requests().isEmpty() && probe.requestsFrom() == null) {
      problems.add(new Problem(path + "requests", "must be at least one"));
    }
    Stream.concat(
            Protocol.of(probe.protocol()).problems(probe).stream(),
            RightAnswers.problems(probe).stream())
        .forEach(problem -> problems.add(new Problem(path + problem.path(), problem.message())));
  }

  private static boolean duration(
      String path, Duration value, Duration most, List<Problem> problems) {
    boolean fits = value.isPositive() && value.compareTo(most) <= 0;
    if (!fits) {
      problems.add(
          new Problem(
              path,
              "must be above 0 and at most %s, but is %s"
                  .formatted(GoDuration.format(most), GoDuration.format(value))));
    }
    return fits;
  }

  private static void url(String path, URI url, List<Problem> problems) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      problems.add(
          new Problem(
              path,
              "must be an http or https URL with a host, but is " + Seen.line(url.toString())));
    } else if (url.getRawUserInfo() != null) {
      problems.add(new Problem(path, "must not hold a user or password: events are for everyone"));
    } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
      problems.add(new Problem(path, "must be a base URL, without a query or fragment"));
    }
  }
}
