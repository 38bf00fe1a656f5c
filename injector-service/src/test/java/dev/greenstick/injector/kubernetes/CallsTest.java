package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 413, 415, 422, 501})
  void whatTheServerWillNotDoIsNotAskedAgain(int code) {
    assertThat(Calls.failure("patch pod a/b", answer(code)).passing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 408, 429, 500, 502, 503, 504})
  void whatMayPassIsAskedAgain(int code) {
    assertThat(Calls.failure("patch pod a/b", answer(code)).passing()).isTrue();
  }

  private static KubernetesClientException answer(int code) {
    return new KubernetesClientException("no", code, new Status());
  }
}
