/** Decides which objects a label or field selector takes in; pure. */
package dev.greenstick.sandbox.selector;
