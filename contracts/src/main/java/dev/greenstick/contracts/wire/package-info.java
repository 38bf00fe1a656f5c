/** How events travel: CloudEvents 1.0 in Kafka's binary mode, with JSON data. */
package dev.greenstick.contracts.wire;
