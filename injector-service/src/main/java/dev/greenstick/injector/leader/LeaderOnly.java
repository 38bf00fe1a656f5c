package dev.greenstick.injector.leader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.PodContainers;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster that only the leader changes: asks before every call that does. An injector that was
 * paused and wakes up when another one leads is stopped here, wherever it was.
 */
public final class LeaderOnly implements Pods, Resources, Containers, Ledger {

  private final Leadership leadership;
  private final Pods pods;
  private final Resources resources;
  private final Containers containers;
  private final Ledger ledger;

  public LeaderOnly(
      Leadership leadership, Pods pods, Resources resources, Containers containers, Ledger ledger) {
    this.leadership = Objects.requireNonNull(leadership, "leadership");
    this.pods = Objects.requireNonNull(pods, "pods");
    this.resources = Objects.requireNonNull(resources, "resources");
    this.containers = Objects.requireNonNull(containers, "containers");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
  }

  @Override
  public List<Pod> list(PodQuery query) {
    return pods.list(query);
  }

  @Override
  public Optional<Pod> get(PodRef pod) {
    return pods.get(pod);
  }

  @Override
  public Written patch(Pod seen, PodChange change) {
    leadership.require("patch pod " + seen.ref());
    return pods.patch(seen, change);
  }

  @Override
  public Written delete(PodRef pod, long graceSeconds) {
    leadership.require("delete pod " + pod);
    return pods.delete(pod, graceSeconds);
  }

  @Override
  public Evicted evict(PodRef pod, Long graceSeconds) {
    leadership.require("evict pod " + pod);
    return pods.evict(pod, graceSeconds);
  }

  @Override
  public boolean serves(ResourceType type) {
    return resources.serves(type);
  }

  @Override
  public Optional<Resource> get(ResourceRef ref) {
    return resources.get(ref);
  }

  @Override
  public List<Resource> list(ResourceType type, String namespace, String labels) {
    return resources.list(type, namespace, labels);
  }

  @Override
  public void create(ResourceRef ref, ObjectNode body) {
    leadership.require("create " + ref);
    resources.create(ref, body);
  }

  @Override
  public Written patch(Resource seen, ObjectNode patch) {
    leadership.require("patch " + seen.ref());
    return resources.patch(seen, patch);
  }

  @Override
  public Written delete(ResourceRef ref) {
    leadership.require("delete " + ref);
    return resources.delete(ref);
  }

  @Override
  public Optional<PodContainers> look(PodRef pod) {
    return containers.look(pod);
  }

  @Override
  public Ran run(PodRef pod, String container, List<String> command) {
    leadership.require("run a command in container %s of pod %s".formatted(container, pod));
    return containers.run(pod, container, command);
  }

  @Override
  public Written add(PodRef pod, Tool tool) {
    leadership.require("add container %s to pod %s".formatted(tool.name(), pod));
    return containers.add(pod, tool);
  }

  @Override
  public Optional<Recorded> find(FaultId fault) {
    return ledger.find(fault);
  }

  @Override
  public Optional<Recorded> create(Entry entry) {
    leadership.require("create ledger entry of fault " + entry.fault());
    return ledger.create(entry);
  }

  @Override
  public Optional<Recorded> replace(Recorded last, Entry next) {
    leadership.require("update ledger entry of fault " + next.fault());
    return ledger.replace(last, next);
  }

  @Override
  public void remove(Recorded last) {
    leadership.require("delete ledger entry of fault " + last.entry().fault());
    ledger.remove(last);
  }

  @Override
  public List<Recorded> open() {
    return ledger.open();
  }

  @Override
  public List<Recorded> settled() {
    return ledger.settled();
  }
}
