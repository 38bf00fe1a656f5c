/** Kafka: commands in, events and dead letters out. */
package dev.greenstick.injector.kafka;
