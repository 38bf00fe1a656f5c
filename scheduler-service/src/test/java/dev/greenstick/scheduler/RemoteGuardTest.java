package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteGuardTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.1.2.3"})
  void loopbackIsTaken(String host) {
    assertThatCode(() -> RemoteGuard.check(host, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void anythingElseIsRefusedWithTheSettingThatAllowsIt(String host) {
    assertThatThrownBy(() -> RemoteGuard.check(host, false))
        .hasMessageContaining(host)
        .hasMessageContaining("greenstick.scheduler.allow-remote=true");
  }

  @Test
  void anythingElseIsTakenWhenItIsAllowed() {
    assertThatCode(() -> RemoteGuard.check("0.0.0.0", true)).doesNotThrowAnyException();
  }
}
