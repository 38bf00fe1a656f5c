/** A real Kafka broker on this machine: formatted, started and stopped as a process of its own. */
package dev.greenstick.broker;
