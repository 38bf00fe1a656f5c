/** What was done to a cluster, and that it was undone. */
package dev.greenstick.contracts.fault;
