package dev.greenstick.injector.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One injector's connection to the cluster. Before and after every call something may happen: the
 * injector is killed, the call is lost, or only its answer is.
 */
final class Connection implements Pods, Resources, Containers, Ledger {

  /** What happens around a call. */
  enum Mishap {
    NONE,
    KILLED_BEFORE,
    KILLED_AFTER,
    LOST_BEFORE,
    LOST_AFTER,
    /** The caller gives up on it, and it is carried out all the same, later. */
    LATE
  }

  private final Pods pods;
  private final Resources resources;
  private final Containers containers;
  private final Ledger ledger;
  private final Supplier<Mishap> mishaps;
  private final BooleanSupplier killedWithin;
  private final Collection<Supplier<?>> late;
  private boolean killed;

  /**
   * @param killedWithin whether the injector has been killed in the middle of a call
   * @param late takes the calls that are carried out later
   */
  Connection(
      Pods pods,
      Resources resources,
      Containers containers,
      Ledger ledger,
      Supplier<Mishap> mishaps,
      BooleanSupplier killedWithin,
      Collection<Supplier<?>> late) {
    this.pods = pods;
    this.resources = resources;
    this.containers = containers;
    this.ledger = ledger;
    this.late = late;
    this.mishaps = mishaps;
    this.killedWithin = killedWithin;
  }

  private <T> T call(Supplier<T> call) {
    Mishap mishap = killed ? Mishap.KILLED_BEFORE : mishaps.get();
    if (mishap == Mishap.LATE) {
      late.add(call);
    }
    if (mishap == Mishap.LOST_BEFORE || mishap == Mishap.LATE) {
      throw ClusterException.unavailable("simulated: nobody answers", null);
    }
    killed |= mishap == Mishap.KILLED_BEFORE;
    if (killed) {
      throw new Crash();
    }
    T answer = made(call);
    killed |= mishap == Mishap.KILLED_AFTER;
    if (killed) {
      throw new Crash();
    }
    if (mishap == Mishap.LOST_AFTER) {
      throw ClusterException.unavailable("simulated: the answer was lost", null);
    }
    return answer;
  }

  private <T> T made(Supplier<T> call) {
    try {
      T answer = call.get();
      killed |= killedWithin.getAsBoolean();
      return answer;
    } catch (ClusterException e) {
      killed |= killedWithin.getAsBoolean();
      if (killed) {
        throw new Crash();
      }
      throw e;
    }
  }

  @Override
  public List<Pod> list(PodQuery query) {
    return call(() -> pods.list(query));
  }

  @Override
  public Optional<Pod> get(PodRef pod) {
    return call(() -> pods.get(pod));
  }

  @Override
  public Written patch(Pod seen, PodChange change) {
    return call(() -> pods.patch(seen, change));
  }

  @Override
  public Written delete(PodRef pod, long graceSeconds) {
    return call(() -> pods.delete(pod, graceSeconds));
  }

  @Override
  public Evicted evict(PodRef pod, Long graceSeconds) {
    return call(() -> pods.evict(pod, graceSeconds));
  }

  @Override
  public boolean serves(ResourceType type) {
    return call(() -> resources.serves(type));
  }

  @Override
  public Optional<Resource> get(ResourceRef ref) {
    return call(() -> resources.get(ref));
  }

  @Override
  public List<Resource> list(ResourceType type, String namespace, String labels) {
    return call(() -> resources.list(type, namespace, labels));
  }

  @Override
  public void create(ResourceRef ref, ObjectNode body) {
    call(
        () -> {
          resources.create(ref, body);
          return true;
        });
  }

  @Override
  public Written patch(Resource seen, ObjectNode patch) {
    return call(() -> resources.patch(seen, patch));
  }

  @Override
  public Written delete(ResourceRef ref) {
    return call(() -> resources.delete(ref));
  }

  @Override
  public Optional<PodContainers> look(PodRef pod) {
    return call(() -> containers.look(pod));
  }

  @Override
  public Ran run(PodRef pod, String container, List<String> command) {
    return call(() -> containers.run(pod, container, command));
  }

  @Override
  public Written add(PodRef pod, Tool tool) {
    return call(() -> containers.add(pod, tool));
  }

  @Override
  public Optional<Recorded> find(FaultId fault) {
    return call(() -> ledger.find(fault));
  }

  @Override
  public Optional<Recorded> create(Entry entry) {
    return call(() -> ledger.create(entry));
  }

  @Override
  public Optional<Recorded> replace(Recorded last, Entry next) {
    return call(() -> ledger.replace(last, next));
  }

  @Override
  public void remove(Recorded last) {
    call(
        () -> {
          ledger.remove(last);
          return true;
        });
  }

  @Override
  public List<Recorded> open() {
    return call(ledger::open);
  }

  @Override
  public List<Recorded> settled() {
    return call(ledger::settled);
  }
}
