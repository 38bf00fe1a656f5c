package dev.greenstick.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The CloudEvents type of an event's record, for example {@code dev.greenstick.fault.injected.v1}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

  /** The type as it stands in the {@code ce_type} header; never a Java class name. */
  String value();
}
