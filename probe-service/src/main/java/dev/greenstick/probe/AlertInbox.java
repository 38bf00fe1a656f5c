package dev.greenstick.probe;

import dev.greenstick.probe.alert.http.AlertRoutes;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the probe is told of alerts over its own HTTP port. */
@ApplicationScoped
public class AlertInbox {

  void open(@Observes Router router, Settings settings, Prober prober) {
    Optional<String> token = settings.probe().alerts().tokenFile().map(AlertInbox::token);
    new AlertRoutes(token, prober::told).to(router);
  }

  private static String token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new IllegalStateException(
            "greenstick.probe.alerts.token-file names an empty file: " + file);
      }
      return token;
    } catch (IOException e) {
      throw new IllegalStateException(
          "greenstick.probe.alerts.token-file names a file that cannot be read: " + file, e);
    }
  }
}
