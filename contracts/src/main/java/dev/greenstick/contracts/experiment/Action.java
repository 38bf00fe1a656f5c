package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One action of a branch, written as an object with one field that names it: {@code podChaos:
 * {...}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = PodChaos.class, name = "podChaos"),
  @JsonSubTypes.Type(value = NetworkDeny.class, name = "networkDeny"),
  @JsonSubTypes.Type(value = ScaleDown.class, name = "scaleDown"),
  @JsonSubTypes.Type(value = NodeDrain.class, name = "nodeDrain"),
  @JsonSubTypes.Type(value = ChaosMesh.class, name = "chaosMesh"),
  @JsonSubTypes.Type(value = Delay.class, name = "delay")
})
public sealed interface Action permits Fault, Delay {}
