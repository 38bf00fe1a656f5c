/**
 * Reading the secrets that a probe names, and nothing else of them than the probe's own requests.
 */
package dev.greenstick.probe.access;
