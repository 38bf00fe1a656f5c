/** A real Kafka for tests: in a container where a Docker engine answers, otherwise as a process. */
package dev.greenstick.broker.junit;
