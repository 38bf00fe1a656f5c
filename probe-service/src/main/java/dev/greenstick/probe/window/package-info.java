/** Seconds of a probe: what was intended in each, how it was answered, and when it is complete. */
package dev.greenstick.probe.window;
