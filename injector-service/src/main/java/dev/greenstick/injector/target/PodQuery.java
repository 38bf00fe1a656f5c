package dev.greenstick.injector.target;

import java.util.List;
import java.util.Objects;

/**
 * One question to the API server, which answers it with its own selectors and in pages.
 *
 * @param namespace the namespace to look in
 * @param labels a label selector as Kubernetes writes it; empty for all
 * @param fields a field selector as Kubernetes writes it; empty for all
 * @param names when not empty, these pods by name and nothing else
 */
public record PodQuery(String namespace, String labels, String fields, List<String> names) {

  public PodQuery {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(fields, "fields");
    names = List.copyOf(names);
  }

  /** All pods of a namespace that carry a label, whatever its value. */
  public static PodQuery labelled(String namespace, String label) {
    return new PodQuery(namespace, label, "", List.of());
  }

  /** Pods of a namespace by name. */
  public static PodQuery named(String namespace, List<String> names) {
    return new PodQuery(namespace, "", "", names);
  }
}
