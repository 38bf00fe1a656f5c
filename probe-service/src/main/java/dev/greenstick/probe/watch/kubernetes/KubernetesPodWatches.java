package dev.greenstick.probe.watch.kubernetes;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.probe.watch.PodWatch;
import dev.greenstick.probe.watch.PodWatches;
import dev.greenstick.probe.watch.Scope;
import dev.greenstick.probe.watch.Transitions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Watches with fabric8's informers, which list, watch, list again when a version has expired, and
 * try again while the API server is away. Uses the verbs list and watch of pods alone.
 */
public final class KubernetesPodWatches implements PodWatches {

  private static final Logger LOG = Logger.getLogger(KubernetesPodWatches.class);

  private static final String A_POD =
      """
      {"apiVersion":"v1","kind":"PodList","metadata":{"resourceVersion":"1"},"items":[
        {"metadata":{"name":"a","namespace":"b","uid":"c","creationTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
          "containerStatuses":[{"name":"c","image":"i","ready":true,"restartCount":0,
           "state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}]}
      """;

  /** How many pods a page of a list holds, as kubectl has it. */
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final InstantSource wall;

  /**
   * @param client must watch over plain HTTP; see {@link PlainWatches}
   */
  public KubernetesPodWatches(KubernetesClient client, InstantSource wall) {
    if (!client.getConfiguration().isOnlyHttpWatches()) {
      throw new IllegalArgumentException(
          "the Kubernetes client watches over WebSockets, where it may lose events: set onlyHttpWatches");
    }
    this.client = client;
    this.wall = wall;
  }

  /**
   * Reads a pod, so that the first that counts does not wait for a thousand classes to be loaded
   * and looked at.
   */
  public void rehearse() {
    client.getKubernetesSerialization().unmarshal(A_POD, PodList.class);
  }

  @Override
  public PodWatch over(RunRef run, List<Selector> selectors, Consumer<PodHealth> changed) {
    Watch watch = new Watch(run, changed);
    Scope.of(selectors).forEach(watch::follow);
    return watch;
  }

  private SharedIndexInformer<Pod> informer(Scope scope) {
    var pods =
        scope.namespace() == null
            ? client.pods().inAnyNamespace()
            : client.pods().inNamespace(scope.namespace());
    var selected = scope.labels().isEmpty() ? pods : pods.withLabelSelector(scope.labels());
    return selected.withLimit(PAGE).runnableInformer(0).itemStore(new SeenPods());
  }

  private final class Watch implements PodWatch {

    private final RunRef run;
    private final Consumer<PodHealth> changed;
    private final List<SharedIndexInformer<Pod>> informers = new ArrayList<>();
    // Informers call back on threads of their own: guarded by this.
    private final Transitions transitions;
    private boolean closed;
    private volatile String lastFailure = "the API server has not answered yet";

    Watch(RunRef run, Consumer<PodHealth> changed) {
      this.run = run;
      this.changed = changed;
      this.transitions = new Transitions(run);
    }

    void follow(Scope scope) {
      SharedIndexInformer<Pod> informer = informer(scope);
      informer.addEventHandler(new Following(scope));
      informer.exceptionHandler(
          (started, failure) -> {
            failed(scope, failure);
            return true;
          });
      informers.add(informer);
      var unused = informer.start();
    }

    private void failed(Scope scope, Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null && !(cause instanceof KubernetesClientException)) {
        cause = cause.getCause();
      }
      String said =
          scope + ": " + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      if (!said.equals(lastFailure)) {
        lastFailure = said;
        LOG.warnf("Run %s: watching pods, trying again: %s", run.id(), said);
      }
    }

    @Override
    public Optional<String> problem() {
      boolean up =
          informers.stream().allMatch(informer -> informer.hasSynced() && informer.isWatching());
      return up ? Optional.empty() : Optional.of(lastFailure);
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
      }
      informers.forEach(SharedIndexInformer::stop);
    }

    private synchronized void seen(Scope by, Pod pod) {
      if (!closed) {
        transitions.seen(by, PodReading.state(pod), wall.instant()).ifPresent(changed);
      }
    }

    private synchronized void gone(Scope by, Pod pod) {
      if (!closed) {
        transitions
            .gone(by, PodReading.ref(pod), pod.getMetadata().getResourceVersion(), wall.instant())
            .ifPresent(changed);
      }
    }

    private final class Following implements ResourceEventHandler<Pod> {

      private final Scope scope;

      Following(Scope scope) {
        this.scope = scope;
      }

      @Override
      public void onAdd(Pod pod) {
        if (scope.includes(pod.getMetadata().getName())) {
          seen(scope, pod);
        }
      }

      @Override
      public void onUpdate(Pod before, Pod pod) {
        onAdd(pod);
      }

      @Override
      public void onDelete(Pod pod, boolean finalStateUnknown) {
        gone(scope, pod);
      }
    }
  }
}
