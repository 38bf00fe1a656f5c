/**
 * The four ways to change a part of an object: JSON, merge and strategic patch, and apply; pure.
 */
package dev.greenstick.sandbox.patch;
