package dev.greenstick.sandbox.resource;

/** Which part of an object a write may touch: the object itself, or one of its subresources. */
public enum Part {
  /** Everything but the status, where the kind keeps its status apart. */
  MAIN,
  /** The status alone. */
  STATUS,
  /** The node a pod runs on alone. */
  BINDING,
  /** A pod's ephemeral containers alone: more of them. */
  EPHEMERAL
}
