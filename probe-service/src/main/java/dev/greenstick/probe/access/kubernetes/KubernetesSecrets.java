package dev.greenstick.probe.access.kubernetes;

import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.probe.access.SecretFiles;
import dev.greenstick.probe.access.Secrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Secrets of one namespace, the probe's own. An experiment can name any that the probe's role
 * names, and send it to any server; a Secret that is meant for some says so in its annotation
 * {@value #HOSTS}.
 */
public final class KubernetesSecrets implements Secrets {

  /** The hosts that a Secret may be sent to, with commas between them; any where it is missing. */
  public static final String HOSTS = "greenstick.dev/hosts";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final String namespace;

  public KubernetesSecrets(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public String read(SecretRef reference, String host) throws Unreadable {
    Secret secret = secret(reference.name());
    String hosts =
        secret.getMetadata().getAnnotations() == null
            ? null
            : secret.getMetadata().getAnnotations().get(HOSTS);
    if (hosts != null
        && Arrays.stream(hosts.split(",")).map(String::strip).noneMatch(host::equals)) {
      throw new Unreadable(
          "Secret %s may not be sent to %s: its annotation %s does not list it"
              .formatted(reference.name(), host, HOSTS));
    }
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    String encoded = data.get(reference.key());
    if (encoded == null) {
      throw new Unreadable(
          "Secret %s in namespace %s has no key %s"
              .formatted(reference.name(), namespace, reference.key()));
    }
    try {
      return SecretFiles.text(Base64.getDecoder().decode(encoded));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new Unreadable(
          "Secret %s holds no text in UTF-8 at %s".formatted(reference.name(), reference.key()));
    }
  }

  private Secret secret(String name) throws Unreadable {
    FutureTask<Secret> reading =
        new FutureTask<>(() -> client.secrets().inNamespace(namespace).withName(name).get());
    // The client tries again for minutes while the API server is away; commands cannot wait for it.
    Thread.ofVirtual().start(reading);
    try {
      Secret secret = reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (secret == null) {
        throw new Unreadable("Secret %s is not in namespace %s".formatted(name, namespace));
      }
      return secret;
    } catch (TimeoutException e) {
      throw new Unreadable("Secret %s: the API server does not answer".formatted(name));
    } catch (ExecutionException e) {
      throw new Unreadable(
          e.getCause() instanceof KubernetesClientException refused && refused.getCode() == 403
              ? "Secret %s in namespace %s may not be read: name it in the probe's Role"
                  .formatted(name, namespace)
              : "Secret %s cannot be read: %s"
                  .formatted(name, e.getCause().getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreadable("Secret %s: interrupted while reading it".formatted(name));
    } finally {
      reading.cancel(true);
    }
  }
}
