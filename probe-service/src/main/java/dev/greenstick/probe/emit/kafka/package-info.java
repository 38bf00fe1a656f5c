/** The topics that the probe writes, and whether the broker has the topics it needs. */
package dev.greenstick.probe.emit.kafka;
