/**
 * Runs each pod's containers as operating-system processes, probes them and reports their state.
 */
package dev.greenstick.sandbox.kubelet;
