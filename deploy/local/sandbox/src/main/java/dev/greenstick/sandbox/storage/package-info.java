/** Keeps every object of the cluster, versioned, with the history that watches resume from. */
package dev.greenstick.sandbox.storage;
