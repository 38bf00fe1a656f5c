package dev.greenstick.scheduler;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start where others than this machine's users could reach an API that knows no users.
 */
@ApplicationScoped
class RemoteGuard {

  private static final int BEFORE_ANYTHING_LISTENS = 1;

  private final String host;
  private final boolean allowed;

  RemoteGuard(@ConfigProperty(name = "quarkus.http.host") String host, SchedulerSettings settings) {
    this.host = host;
    this.allowed = settings.allowRemote();
  }

  void check(@Observes @Priority(BEFORE_ANYTHING_LISTENS) StartupEvent start) {
    check(host, allowed);
  }

  /**
   * @throws IllegalStateException when the address is not loopback and that is not allowed
   */
  static void check(String host, boolean allowed) {
    if (!allowed && !loopback(host)) {
      throw new IllegalStateException(
          "quarkus.http.host is "
              + host
              + ", where others can reach the API, and the API does not know its users yet: use"
              + " 127.0.0.1, or set greenstick.scheduler.allow-remote=true if something in front of"
              + " it keeps others out");
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
