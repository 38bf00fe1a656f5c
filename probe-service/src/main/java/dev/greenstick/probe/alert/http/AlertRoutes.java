package dev.greenstick.probe.alert.http;

import dev.greenstick.probe.alert.Told;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the probe is told of alerts: {@code POST /alerts/alertmanager} takes Alertmanager's
 * webhook, {@code POST /alerts/acknowledgements} an acknowledgement. 204 when taken in, 400 with a
 * reason for what is none, 401 without the token where one is set.
 */
public final class AlertRoutes {

  private static final long LARGEST_BODY = 1024 * 1024;

  private final Optional<String> token;
  private final Consumer<Told> told;

  /**
   * @param token what must come as {@code Authorization: Bearer}; empty where anybody may tell
   */
  public AlertRoutes(Optional<String> token, Consumer<Told> told) {
    this.token = token;
    this.told = told;
  }

  /** Adds the routes. */
  public void to(Router router) {
    route(router, "/alerts/alertmanager", AlertJson::webhook);
    route(router, "/alerts/acknowledgements", body -> List.of(AlertJson.acknowledgement(body)));
  }

  private void route(Router router, String path, Function<String, List<Told>> read) {
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
        .handler(context -> take(context, read));
  }

  private void take(RoutingContext context, Function<String, List<Told>> read) {
    if (!isAllowed(context.request().getHeader("Authorization"))) {
      answer(context, 401, "Authorization: Bearer is missing or another");
      return;
    }
    List<Told> all;
    try {
      String body = context.body().asString();
      all = read.apply(body == null ? "" : body);
    } catch (IllegalArgumentException e) {
      answer(context, 400, e.getMessage());
      return;
    }
    all.forEach(told);
    answer(context, 204, "");
  }

  private boolean isAllowed(String authorization) {
    return token.isEmpty()
        || (authorization != null
            && MessageDigest.isEqual(
                ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8)));
  }

  private static void answer(RoutingContext context, int status, String text) {
    var unused =
        context
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "text/plain; charset=utf-8")
            .end(text);
  }
}
