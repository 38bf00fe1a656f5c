package dev.greenstick.broker.junit;

/**
 * Where the tests' Kafka listens.
 *
 * @param value host and port, as clients take it
 */
public record BootstrapServers(String value) {
  @Override
  public String toString() {
    return value;
  }
}
