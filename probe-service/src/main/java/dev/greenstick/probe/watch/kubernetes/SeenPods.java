package dev.greenstick.probe.watch.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;

/**
 * What an informer remembers of pods: which there are, at which version. Their states are told from
 * the events themselves, so nothing else needs to be kept of a pod whose text is 10 kB long. A pod
 * is its UID here too: one that took another's name while nobody watched is not an update of it.
 */
final class SeenPods extends BasicItemStore<Pod> {

  SeenPods() {
    super(pod -> pod.getMetadata().getUid());
  }

  @Override
  public Pod put(String key, Pod pod) {
    return super.put(
        key,
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .withResourceVersion(pod.getMetadata().getResourceVersion())
            .endMetadata()
            .build());
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
