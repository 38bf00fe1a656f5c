package dev.greenstick.injector.kubernetes;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.EntryText;
import dev.greenstick.injector.ledger.Ledger;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The ledger as ConfigMaps in the injector's own namespace, one a fault. */
public final class ConfigMapLedger implements Ledger {

  private static final Logger LOG = Logger.getLogger(ConfigMapLedger.class);

  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param namespace where the entries are; where nobody but the injector writes
   */
  public ConfigMapLedger(KubernetesClient client, String namespace) {
    this.client = Objects.requireNonNull(client, "client");
    this.namespace = Objects.requireNonNull(namespace, "namespace");
  }

  @Override
  public Optional<Recorded> find(FaultId fault) {
    ConfigMap found =
        Calls.make("get " + subject(fault), () -> maps().withName(EntryText.name(fault)).get());
    return Optional.ofNullable(found).map(this::read);
  }

  @Override
  public Optional<Recorded> create(Entry entry) {
    try {
      return Optional.of(recorded(entry, maps().resource(map(entry, null)).create()));
    } catch (KubernetesClientException e) {
      if (Calls.isConflict(e)) {
        return Optional.empty();
      }
      throw Calls.failure("create " + subject(entry.fault()), e);
    }
  }

  @Override
  public Optional<Recorded> replace(Recorded last, Entry next) {
    try {
      return Optional.of(recorded(next, maps().resource(map(next, last.version())).update()));
    } catch (KubernetesClientException e) {
      if (Calls.isConflict(e) || Calls.isNotFound(e)) {
        return Optional.empty();
      }
      throw Calls.failure("update " + subject(next.fault()), e);
    }
  }

  @Override
  public void remove(Recorded last) {
    FaultId fault = last.entry().fault();
    try {
      maps().withName(EntryText.name(fault)).lockResourceVersion(last.version()).delete();
    } catch (KubernetesClientException e) {
      if (!Calls.isConflict(e) && !Calls.isNotFound(e)) {
        throw Calls.failure("delete " + subject(fault), e);
      }
    }
  }

  @Override
  public List<Recorded> open() {
    return labelled(EntryText.OPEN);
  }

  @Override
  public List<Recorded> settled() {
    return labelled(EntryText.SETTLED);
  }

  /** Whether the ledger can be read; for readiness. Throws {@link ClusterException} when not. */
  public void check() {
    find(new FaultId(new UUID(0, 0)));
  }

  private List<Recorded> labelled(String value) {
    List<ConfigMap> found =
        Calls.make(
            "list ledger entries in namespace " + namespace,
            () ->
                Pages.all(
                    maps()::list, each -> each, EntryText.LEDGER + "=" + value, "", Pages.SIZE));
    return found.stream().flatMap(each -> readOrWarn(each).stream()).toList();
  }

  /** One entry that somebody has spoilt must not keep the others from being found. */
  private Optional<Recorded> readOrWarn(ConfigMap map) {
    try {
      return Optional.of(read(map));
    } catch (ClusterException e) {
      LOG.error(e.getMessage());
      return Optional.empty();
    }
  }

  private Recorded read(ConfigMap map) {
    String name = map.getMetadata().getName();
    String text = map.getData() == null ? null : map.getData().get(EntryText.KEY);
    try {
      return recorded(EntryText.read(Objects.requireNonNullElse(text, "")), map);
    } catch (IllegalArgumentException e) {
      throw ClusterException.refused(
          "configmap %s/%s %s; look at the pods of its fault, then delete it"
              .formatted(namespace, name, e.getMessage()),
          e);
    }
  }

  private static Recorded recorded(Entry entry, ConfigMap map) {
    return new Recorded(entry, map.getMetadata().getResourceVersion());
  }

  private ConfigMap map(Entry entry, String version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(EntryText.name(entry.fault()))
        .withLabels(EntryText.labels(entry))
        .withResourceVersion(version)
        .endMetadata()
        .withData(Map.of(EntryText.KEY, EntryText.write(entry)))
        .build();
  }

  private NonNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> maps() {
    MixedOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> all = client.configMaps();
    return all.inNamespace(namespace);
  }

  private String subject(FaultId fault) {
    return "configmap %s/%s".formatted(namespace, EntryText.name(fault));
  }
}
