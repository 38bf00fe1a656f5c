package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer s3cr3t-value",
        "{\"token\":\"s3cr3t-value\"}",
        "{\"api_key\": \"s3cr3t-value\"}",
        "invalid password=s3cr3t-value for user",
        "GET http://user:s3cr3t-value@host/path",
        "Bearer s3cr3t-value",
        "secret s3cr3t-value",
      })
  void secretsAreNotSeen(String text) {
    assertThat(Seen.line(text)).doesNotContain("s3cr3t").contains("(redacted)");
  }

  @Test
  void whatIsSeenIsOneBoundedLine() {
    // Given
    String text = "a\r\nb\u0000c" + "x".repeat(10_000);

    // When
    String line = Seen.line(text);

    // Then
    assertThat(line).startsWith("a b c").endsWith("…").hasSize(Seen.LONGEST);
  }

  @Test
  void nothingIsSeenOfNothing() {
    assertThat(Seen.line((String) null)).isEmpty();
    assertThat(Seen.line(new byte[0])).isEmpty();
  }
}
