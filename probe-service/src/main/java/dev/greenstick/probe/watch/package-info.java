/** Watching pods: what changed since the last look, without Kubernetes. */
package dev.greenstick.probe.watch;
