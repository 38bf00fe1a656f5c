package dev.greenstick.sandbox.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens and whom they stand for. Safe for use by several threads. */
public final class Tokens {

  private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
  private final Map<String, String> issued = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** The token of a subject, always the same one. */
  public String issue(Subject subject) {
    return issued.computeIfAbsent(
        subject.user(),
        user -> {
          byte[] secret = new byte[24];
          random.nextBytes(secret);
          String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
          subjects.put(token, subject);
          return token;
        });
  }

  public Optional<Subject> subjectOf(String token) {
    return Optional.ofNullable(subjects.get(token));
  }
}
