package dev.greenstick.injector.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.LedgerContract;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An implementation that does nothing must fail every test of a contract. */
class ContractsAreSharpTest {

  static Stream<Method> ofPods() {
    return Stream.of(PodsContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  static Stream<Method> ofTheLedger() {
    return Stream.of(LedgerContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  @ParameterizedTest
  @MethodSource("ofPods")
  void pods_that_do_nothing_fail(Method test) {
    assertThatThrownBy(() -> run(test, noPods())).hasCauseInstanceOf(Throwable.class);
  }

  static Stream<Method> ofResources() {
    return Stream.of(ResourcesContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  @ParameterizedTest
  @MethodSource("ofResources")
  void resources_that_do_nothing_fail(Method test) {
    assertThatThrownBy(() -> run(test, noResources())).hasCauseInstanceOf(Throwable.class);
  }

  private static ResourcesContract noResources() {
    return new ResourcesContract() {
      @Override
      protected Resources resources() {
        return new IdleResources();
      }
    };
  }

  @ParameterizedTest
  @MethodSource("ofTheLedger")
  void ledger_that_does_nothing_fails(Method test) {
    assertThatThrownBy(() -> run(test, noLedger())).hasCauseInstanceOf(Throwable.class);
  }

  private static void run(Method test, Object contract) throws ReflectiveOperationException {
    test.setAccessible(true);
    test.invoke(contract);
  }

  private static PodsContract noPods() {
    return new PodsContract() {
      @Override
      protected Pods pods() {
        return new IdlePods();
      }

      @Override
      protected PodRef make(String name, Map<String, String> labels) {
        return new PodRef("default", name, "uid");
      }

      @Override
      protected void touch(PodRef pod) {}
    };
  }

  private static LedgerContract noLedger() {
    return new LedgerContract() {
      @Override
      protected Ledger ledger() {
        return new IdleLedger();
      }
    };
  }

  private static final class IdlePods implements Pods {

    @Override
    public List<Pod> list(PodQuery query) {
      return List.of();
    }

    @Override
    public Optional<Pod> get(PodRef pod) {
      return Optional.empty();
    }

    @Override
    public Written patch(Pod seen, PodChange change) {
      return Written.DONE;
    }

    @Override
    public Written delete(PodRef pod, long graceSeconds) {
      return Written.CHANGED_MEANWHILE;
    }

    @Override
    public Evicted evict(PodRef pod, Long graceSeconds) {
      return new Evicted.Forbidden("");
    }
  }

  private static final class IdleResources implements Resources {

    @Override
    public boolean serves(ResourceType type) {
      return type.group().equals("nowhere.example");
    }

    @Override
    public Optional<Resource> get(ResourceRef ref) {
      return Optional.empty();
    }

    @Override
    public List<Resource> list(ResourceType type, String namespace, String labels) {
      return List.of();
    }

    @Override
    public void create(ResourceRef ref, ObjectNode body) {}

    @Override
    public Pods.Written patch(Resource seen, ObjectNode patch) {
      return Pods.Written.DONE;
    }

    @Override
    public Pods.Written delete(ResourceRef ref) {
      return Pods.Written.CHANGED_MEANWHILE;
    }
  }

  private static final class IdleLedger implements Ledger {

    @Override
    public Optional<Recorded> find(FaultId fault) {
      return Optional.empty();
    }

    @Override
    public Optional<Recorded> create(Entry entry) {
      return Optional.empty();
    }

    @Override
    public Optional<Recorded> replace(Recorded last, Entry next) {
      return Optional.empty();
    }

    @Override
    public void remove(Recorded last) {}

    @Override
    public List<Recorded> open() {
      return List.of();
    }

    @Override
    public List<Recorded> settled() {
      return List.of();
    }
  }
}
