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
  @JsonSubTypes.Type(value = Delay.class, name = "delay")
})
public sealed interface Action permits Fault, Delay {}
