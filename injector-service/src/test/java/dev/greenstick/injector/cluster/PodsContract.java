package dev.greenstick.injector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@link Pods} must do. Pods are made with the labels given, a
 * container {@code server} of image {@code model:1} and an init container {@code fetch} of image
 * {@code fetcher:3}.
 */
public abstract class PodsContract {

  private static final Map<String, String> LABELS = Map.of("app", "contract");

  protected abstract Pods pods();

  /** Makes a pod with a name of its own, beginning with the one given. */
  protected abstract PodRef make(String name, Map<String, String> labels);

  /** Writes to the pod, so that its version changes. */
  protected abstract void touch(PodRef pod);

  private Pod seen(PodRef pod) {
    return pods().get(pod).orElseThrow(() -> new AssertionError("pod " + pod + " is not there"));
  }

  /** Patches as a driver would: somebody else, such as a kubelet, may write at any time. */
  private Written patched(PodRef pod, PodChange change) {
    Written written = Written.CHANGED_MEANWHILE;
    for (int i = 0; i < 20 && written == Written.CHANGED_MEANWHILE; i++) {
      written = pods().patch(seen(pod), change);
    }
    return written;
  }

  private static PodChange annotate(String value) {
    return new PodChange(Images.NONE, Map.of("note", Optional.of(value)), Map.of());
  }

  @Test
  void pod_is_read_with_what_it_runs() {
    // Given
    PodRef pod = make("reads", LABELS);

    // When
    Optional<Pod> found = pods().get(pod);

    // Then
    assertThat(found)
        .hasValueSatisfying(
            each -> {
              assertThat(each.ref()).isEqualTo(pod);
              assertThat(each.labels()).containsAllEntriesOf(LABELS);
              assertThat(each.terminating()).isFalse();
              assertThat(each.images())
                  .isEqualTo(
                      new Images(
                          Map.of("server", ConformanceImages.MODEL),
                          Map.of("fetch", ConformanceImages.SHELL)));
            });
  }

  @Test
  void pod_of_the_same_name_and_another_uid_is_not_found() {
    // Given
    PodRef pod = make("replaced", LABELS);

    // When
    Optional<Pod> found = pods().get(new PodRef(pod.namespace(), pod.name(), "another"));

    // Then
    assertThat(found).isEmpty();
    assertThat(pods().get(pod)).isPresent();
  }

  @Test
  void list_answers_with_the_pods_that_have_the_labels_from_all_pages() {
    // Given
    List<PodRef> mine =
        List.of(
            make("list-a", Map.of("app", "listed", "tier", "x")),
            make("list-b", Map.of("app", "listed", "tier", "x")),
            make("list-c", Map.of("app", "listed", "tier", "x")),
            make("list-d", Map.of("app", "listed", "tier", "x")),
            make("list-e", Map.of("app", "listed", "tier", "x")));
    make("list-f", Map.of("app", "listed"));
    PodQuery query = new PodQuery(mine.getFirst().namespace(), "app=listed,tier=x", "", List.of());

    // When
    List<Pod> found = pods().list(query);

    // Then
    assertThat(found).extracting(Pod::ref).containsExactlyInAnyOrderElementsOf(mine);
  }

  @Test
  void list_by_name_answers_with_those_that_are_there() {
    // Given
    PodRef pod = make("named", LABELS);
    PodRef other = make("not-named", LABELS);

    // When
    List<Pod> found = pods().list(PodQuery.named(pod.namespace(), List.of(pod.name(), "nobody")));

    // Then
    assertThat(found).extracting(Pod::ref).containsExactly(pod).doesNotContain(other);
  }

  @Test
  void list_by_the_presence_of_a_label_answers_with_those_that_have_it() {
    // Given
    PodRef pod = make("marked", Map.of("mark", "1"));
    PodRef other = make("not-marked", LABELS);

    // When
    List<Pod> found = pods().list(PodQuery.labelled(pod.namespace(), "mark"));

    // Then
    assertThat(found).extracting(Pod::ref).contains(pod).doesNotContain(other);
  }

  @Test
  void one_patch_changes_images_annotations_and_labels_and_nothing_else() {
    // Given
    PodRef pod = make("patched", LABELS);
    PodChange change =
        new PodChange(
            new Images(
                Map.of("server", ConformanceImages.PAUSE),
                Map.of("fetch", ConformanceImages.PAUSE)),
            Map.of("note", Optional.of("held")),
            Map.of("held", Optional.of("yes")));

    // When
    Written written = patched(pod, change);

    // Then
    assertThat(written).isEqualTo(Written.DONE);
    Pod after = seen(pod);
    assertThat(after.images())
        .isEqualTo(
            new Images(
                Map.of("server", ConformanceImages.PAUSE),
                Map.of("fetch", ConformanceImages.PAUSE)));
    assertThat(after.annotations()).containsEntry("note", "held");
    assertThat(after.labels()).containsEntry("held", "yes").containsAllEntriesOf(LABELS);
  }

  @Test
  void patch_removes_what_it_names_as_empty() {
    // Given
    PodRef pod = make("cleaned", LABELS);
    PodChange put =
        new PodChange(
            Images.NONE, Map.of("note", Optional.of("x")), Map.of("held", Optional.of("yes")));
    patched(pod, put);
    PodChange remove =
        new PodChange(
            Images.NONE, Map.of("note", Optional.empty()), Map.of("held", Optional.empty()));

    // When
    Written written = patched(pod, remove);

    // Then
    assertThat(written).isEqualTo(Written.DONE);
    Pod after = seen(pod);
    assertThat(after.annotations()).doesNotContainKey("note");
    assertThat(after.labels()).doesNotContainKey("held").containsAllEntriesOf(LABELS);
  }

  @Test
  void patch_of_a_pod_that_has_changed_since_is_not_carried_out() {
    // Given
    PodRef pod = make("changed", LABELS);
    Pod stale = seen(pod);
    touch(pod);

    // When
    Written written = pods().patch(stale, annotate("stale"));

    // Then
    assertThat(written).isEqualTo(Written.CHANGED_MEANWHILE);
    assertThat(seen(pod).annotations()).doesNotContainEntry("note", "stale");
  }

  @Test
  void patch_of_a_pod_that_is_gone_says_so() {
    // Given
    PodRef pod = make("gone", LABELS);
    Pod before = seen(pod);
    Pod nobody =
        new Pod(
            new PodRef(pod.namespace(), "nobody", "none"),
            before.resourceVersion(),
            Map.of(),
            Map.of(),
            "",
            "",
            false,
            Images.NONE,
            null,
            false);

    // When
    Written written = pods().patch(nobody, annotate("nobody"));

    // Then
    assertThat(written).isEqualTo(Written.GONE);
  }

  @Test
  void deleted_pod_ends() {
    // Given
    PodRef pod = make("deleted", LABELS);

    // When
    Written written = pods().delete(pod, 0);

    // Then
    assertThat(written).isEqualTo(Written.DONE);
    assertThat(pods().get(pod).filter(each -> !each.terminating())).isEmpty();
  }

  @Test
  void delete_spares_a_pod_of_the_same_name_and_another_uid() {
    // Given
    PodRef pod = make("spared", LABELS);

    // When
    Written written = pods().delete(new PodRef(pod.namespace(), pod.name(), "another"), 0);

    // Then
    assertThat(written).isEqualTo(Written.GONE);
    assertThat(seen(pod).terminating()).isFalse();
  }

  @Test
  void delete_of_a_pod_that_is_gone_says_so() {
    // Given
    PodRef pod = make("here", LABELS);

    // When
    Written written = pods().delete(new PodRef(pod.namespace(), "nobody", "none"), 0);

    // Then
    assertThat(written).isEqualTo(Written.GONE);
    assertThat(pods().get(pod)).isPresent();
  }
}
