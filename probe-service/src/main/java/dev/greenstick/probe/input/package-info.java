/** What a probe asks, and when, as far as it stands in files beside the probe. */
package dev.greenstick.probe.input;
