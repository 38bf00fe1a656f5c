/** Reading back what was commanded and what was emitted. */
package dev.greenstick.probe.resume.kafka;
