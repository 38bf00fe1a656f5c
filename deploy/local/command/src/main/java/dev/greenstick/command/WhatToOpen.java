package dev.greenstick.command;

import dev.greenstick.command.demo.Where;
import dev.greenstick.command.parts.PartName;
import dev.greenstick.command.parts.Running;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** What can be looked at while everything is left running. */
final class WhatToOpen {

  private WhatToOpen() {}

  static List<AttributedString> lines(Running running, RunId run, Where where) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Everything is left running; Ctrl-C or deploy/greenstick stop ends it.");
    for (PartName service : PartName.SERVICES) {
      lines.add(
          "  %-11s %s".formatted(service.word(), running.services().get(service) + "/q/health"));
    }
    lines.add(
        "  %-11s %s"
            .formatted("the run", running.services().get(PartName.SCHEDULER) + "/runs/" + run));
    lines.add(
        "  %-11s %s"
            .formatted("the verdict", running.services().get(PartName.VERDICT) + "/runs/" + run));
    lines.add("  %-11s %s".formatted("the model", running.model()));
    switch (where) {
      case Where.Sandbox sandbox ->
          lines.add("  the cluster kubectl --kubeconfig " + running.kubeconfig() + " get pods");
      case Where.Existing existing ->
          lines.add(
              "  the cluster kubectl --kubeconfig "
                  + running.kubeconfig()
                  + " --namespace "
                  + existing.namespace()
                  + " get pods");
    }
    lines.add(
        "  the events  kafka-console-consumer.sh --bootstrap-server "
            + running.bootstrapServers()
            + " --topic "
            + Topics.VERDICTS.name()
            + " --from-beginning --property print.headers=true");
    return lines.stream().map(AttributedString::new).toList();
  }
}
