package dev.greenstick.injector.target;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The images of a pod.
 *
 * @param containers container name to image
 * @param initContainers init container name to image
 */
public record Images(Map<String, String> containers, Map<String, String> initContainers) {

  /** No container at all: a change of nothing. */
  public static final Images NONE = new Images(Map.of(), Map.of());

  public Images {
    containers = sorted(containers);
    initContainers = sorted(initContainers);
  }

  /** The same containers, each with the image that {@code next} gives for its name and image. */
  public Images each(BiFunction<String, String, String> next) {
    return new Images(each(containers, next), each(initContainers, next));
  }

  /** The same containers, all with one image. */
  public Images all(String image) {
    return each((name, old) -> image);
  }

  private static Map<String, String> each(
      Map<String, String> images, BiFunction<String, String, String> next) {
    Map<String, String> changed = new TreeMap<>();
    images.forEach((name, image) -> changed.put(name, next.apply(name, image)));
    return changed;
  }

  private static Map<String, String> sorted(Map<String, String> images) {
    return images == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }
}
