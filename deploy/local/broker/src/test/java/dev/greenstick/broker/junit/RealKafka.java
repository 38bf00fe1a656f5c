package dev.greenstick.broker.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka: {@code @ExtendWith(RealKafka.class)}, and a parameter of type {@link
 * BootstrapServers}. The tests of a class share it; another class has another one, since all of
 * them write to the same topics of the product. It ends with the class. Topics are not created by
 * being used.
 */
public final class RealKafka implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == BootstrapServers.class;
  }

  @Override
  public BootstrapServers resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return outermost(test)
        .getStore(Namespace.create(RealKafka.class))
        .computeIfAbsent(TestKafka.class, key -> TestKafka.start(), TestKafka.class)
        .bootstrapServers();
  }

  private static ExtensionContext outermost(ExtensionContext test) {
    return test.getParent()
        .filter(parent -> parent.getTestClass().isPresent())
        .map(RealKafka::outermost)
        .orElse(test);
  }
}
