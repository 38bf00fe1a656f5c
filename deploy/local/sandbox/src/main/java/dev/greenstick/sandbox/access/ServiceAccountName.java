package dev.greenstick.sandbox.access;

/** A service account by where it lives and what it is called. */
public record ServiceAccountName(String namespace, String name) {}
