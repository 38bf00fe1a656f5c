package dev.greenstick.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that a writer may leave out: read as null, as an empty collection or as the default that
 * its record names. Every other field of a record is required, by readers and in the schemas; a
 * record without it is unreadable, because a count that reads as 0 would be a lie.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD
})
public @interface MayBeMissing {}
