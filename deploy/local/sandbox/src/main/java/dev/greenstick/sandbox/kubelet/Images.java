package dev.greenstick.sandbox.kubelet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The images that can be "pulled": all others fail as an unknown image does. */
public record Images(Map<String, Image> byName) {

  /** The pause image of Kubernetes 1.32. */
  public static final String PAUSE = "registry.k8s.io/pause:3.10";

  public Images {
    byName = Map.copyOf(byName);
  }

  /** The pause image alone. */
  public static Images pauseOnly() {
    return new Images(Map.of(PAUSE, new Image.Pause()));
  }

  /** These images and one more. */
  public Images with(String name, Image image) {
    Map<String, Image> more = new HashMap<>(byName);
    more.put(name, image);
    return new Images(more);
  }

  Optional<Image> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
