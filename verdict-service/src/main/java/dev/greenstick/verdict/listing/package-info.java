/**
 * Which runs a list holds and in which order, and the keys that make a page cost no more than
 * itself. Pure.
 */
package dev.greenstick.verdict.listing;
