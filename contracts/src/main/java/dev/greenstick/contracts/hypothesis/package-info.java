/**
 * The hypothesis language: the facts that assertions may name, and the check of what a user wrote.
 * Needs {@code dev.cel:cel}.
 */
package dev.greenstick.contracts.hypothesis;
