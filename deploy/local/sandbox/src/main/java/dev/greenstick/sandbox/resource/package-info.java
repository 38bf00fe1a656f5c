/**
 * The rules that an API server applies to what is written: defaults, validation, deletion,
 * eviction.
 */
package dev.greenstick.sandbox.resource;
