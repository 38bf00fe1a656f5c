package dev.greenstick.injector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.fault.Hold;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Resources} must do; told by network policies. */
public abstract class ResourcesContract {

  private static final ResourceType TYPE = ResourceType.NETWORK_POLICY;

  protected abstract Resources resources();

  private Resource make() {
    ResourceRef ref = new ResourceRef(TYPE, "default", "contract-" + UUID.randomUUID(), "");
    resources().create(ref, body(ref));
    return resources().get(ref).orElseThrow(() -> new AssertionError(ref + " is not there"));
  }

  private static ObjectNode body(ResourceRef ref) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("apiVersion", TYPE.apiVersion()).put("kind", TYPE.kind());
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("name", ref.name()).put("namespace", ref.namespace());
    metadata.putObject("labels").put(Hold.LABEL, ref.name());
    body.putObject("spec").putObject("podSelector").putObject("matchLabels").put("a", "b");
    return body;
  }

  private static ObjectNode annotate(String value) {
    ObjectNode patch = Json.mapper().createObjectNode();
    patch.putObject("metadata").putObject("annotations").put("note", value);
    return patch;
  }

  @Test
  void created_object_has_a_uid_and_what_it_was_created_with() {
    // When
    Resource made = make();

    // Then
    assertThat(made.ref().uid()).isNotEmpty();
    assertThat(made.label(Hold.LABEL)).isEqualTo(made.ref().name());
    assertThat(made.body().at("/spec/podSelector/matchLabels/a").asText()).isEqualTo("b");
  }

  @Test
  void creating_it_again_changes_nothing() {
    // Given
    Resource made = make();

    // When
    resources().create(made.ref(), body(made.ref()));

    // Then
    assertThat(resources().get(made.ref())).contains(made);
  }

  @Test
  void list_answers_with_those_that_have_the_label() {
    // Given
    Resource made = make();

    // When
    List<Resource> found = resources().list(TYPE, "default", Hold.LABEL);

    // Then
    assertThat(found).extracting(Resource::ref).contains(made.ref());
  }

  @Test
  void patch_of_what_was_seen_is_done() {
    // Given
    Resource made = make();

    // When
    Written written = resources().patch(made, annotate("new"));

    // Then
    assertThat(written).isEqualTo(Written.DONE);
    assertThat(resources().get(made.ref()).orElseThrow().annotation("note")).isEqualTo("new");
    assertThat(resources().get(made.ref()).orElseThrow().label(Hold.LABEL)).isNotEmpty();
  }

  @Test
  void patch_of_what_has_changed_since_is_not_done() {
    // Given
    Resource made = make();
    assertThat(resources().patch(made, annotate("first"))).isEqualTo(Written.DONE);

    // When
    Written written = resources().patch(made, annotate("second"));

    // Then
    assertThat(written).isEqualTo(Written.CHANGED_MEANWHILE);
    assertThat(resources().get(made.ref()).orElseThrow().annotation("note")).isEqualTo("first");
  }

  @Test
  void deleted_object_is_gone_and_cannot_be_patched() {
    // Given
    Resource made = make();

    // When
    Written written = resources().delete(made.ref());

    // Then
    assertThat(written).isEqualTo(Written.DONE);
    assertThat(resources().get(made.ref())).isEmpty();
    assertThat(resources().delete(made.ref())).isEqualTo(Written.GONE);
    assertThat(resources().patch(made, annotate("late"))).isEqualTo(Written.GONE);
  }

  @Test
  void object_of_another_uid_is_not_deleted() {
    // Given
    Resource made = make();

    // When
    Written written =
        resources().delete(new ResourceRef(TYPE, "default", made.ref().name(), "another"));

    // Then
    assertThat(written).isEqualTo(Written.CHANGED_MEANWHILE);
    assertThat(resources().get(made.ref())).contains(made);
  }

  @Test
  void it_serves_network_policies_and_not_what_nobody_has_installed() {
    // Given
    ResourceType unknown = new ResourceType("nowhere.example", "v1", "things", "Thing", true);

    // When
    Optional<Resource> none =
        resources().get(new ResourceRef(TYPE, "default", "nothing-of-this-name", ""));

    // Then
    assertThat(none).isEmpty();
    assertThat(resources().serves(TYPE)).isTrue();
    assertThat(resources().serves(unknown)).isFalse();
  }
}
