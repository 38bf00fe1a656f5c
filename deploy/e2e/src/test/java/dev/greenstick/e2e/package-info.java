/**
 * Greenstick as a user meets it: the demo run whole, the documents read word for word, the house
 * rules over all modules.
 */
package dev.greenstick.e2e;
