package dev.greenstick.sandbox.access;

/**
 * What somebody wants to do.
 *
 * @param verb get, list, watch, create, update, patch, delete, deletecollection
 * @param group API group, empty for the core group
 * @param resource plural, with {@code /subresource} where one is meant
 * @param namespace empty when it concerns no namespace, or all of them
 * @param name empty when it concerns no single object
 */
public record AccessRequest(
    String verb, String group, String resource, String namespace, String name) {}
