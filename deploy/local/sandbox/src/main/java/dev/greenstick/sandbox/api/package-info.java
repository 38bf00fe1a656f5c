/** Speaks Kubernetes' HTTP API: discovery, reads, writes, watches, logs, reviews. */
package dev.greenstick.sandbox.api;
