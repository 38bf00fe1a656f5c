/**
 * What the injector has promised and not yet finished, one entry a fault, kept in the cluster
 * before anything is touched.
 */
package dev.greenstick.injector.ledger;
