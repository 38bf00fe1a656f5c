package dev.greenstick.injector.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists in pages, so that neither side holds ten thousand objects in one answer. */
final class Pages {

  /** How many objects a page holds, as kubectl has it. */
  static final long SIZE = 500;

  /** How often a list is begun anew because its pages expired. */
  private static final int ATTEMPTS = 3;

  private Pages() {}

  /**
   * All objects that the selectors match.
   *
   * @param list asks for one page
   * @param keep what is kept of each object
   * @param labels a label selector; empty for all
   * @param fields a field selector; empty for all
   */
  static <T extends HasMetadata, L extends KubernetesResourceList<T>, K> List<K> all(
      Function<ListOptions, L> list, Function<T, K> keep, String labels, String fields, long size) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(list, keep, labels, fields, size);
      } catch (KubernetesClientException e) {
        if (!Calls.isExpired(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>, K> List<K> once(
      Function<ListOptions, L> list, Function<T, K> keep, String labels, String fields, long size) {
    List<K> kept = new ArrayList<>();
    String next = null;
    do {
      L page =
          list.apply(
              new ListOptionsBuilder()
                  .withLimit(size)
                  .withContinue(next)
                  .withLabelSelector(labels.isEmpty() ? null : labels)
                  .withFieldSelector(fields.isEmpty() ? null : fields)
                  .build());
      page.getItems().forEach(each -> kept.add(keep.apply(each)));
      next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return kept;
  }
}
