/** Secrets of the cluster that the probe runs in. */
package dev.greenstick.probe.access.kubernetes;
