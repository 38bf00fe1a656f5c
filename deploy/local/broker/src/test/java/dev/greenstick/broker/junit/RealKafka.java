package dev.greenstick.broker.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka: {@code @ExtendWith(RealKafka.class)}, and a parameter of type {@link
 * BootstrapServers}. All test classes of a run share it, so tests name their topics and groups
 * apart; it ends with the run. Topics are not created by being used.
 */
public final class RealKafka implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == BootstrapServers.class;
  }

  @Override
  public BootstrapServers resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(RealKafka.class))
        .computeIfAbsent(TestKafka.class, key -> TestKafka.start(), TestKafka.class)
        .bootstrapServers();
  }
}
