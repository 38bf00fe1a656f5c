/** Shows objects as the rows that {@code kubectl get} prints; pure. */
package dev.greenstick.sandbox.table;
