package dev.greenstick.probe.watch.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Singleton;

/**
 * Has the client watch over plain HTTP. Over a WebSocket it may lose what the API server sends
 * right after the handshake, which is all that happened while a watch was down: its handlers are
 * set while the first messages arrive already.
 */
@Singleton
public class PlainWatches implements KubernetesConfigCustomizer {

  @Override
  public void customize(Config config) {
    config.setOnlyHttpWatches(true);
  }
}
