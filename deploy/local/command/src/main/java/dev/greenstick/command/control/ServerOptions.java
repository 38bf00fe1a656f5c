package dev.greenstick.command.control;

import dev.greenstick.command.follow.RestApi;
import dev.greenstick.command.follow.SchedulerApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which scheduler is asked, and by whom. */
final class ServerOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:GREENSTICK_SERVER:-http://127.0.0.1:8081}",
      description =
          "The scheduler (default: the environment's GREENSTICK_SERVER, or http://127.0.0.1:8081)")
  private String server;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "${env:GREENSTICK_USER:-${sys:user.name}}",
      description =
          "Who asks, as events say it (default: the environment's GREENSTICK_USER, or the system's user)")
  private String user;

  SchedulerApi scheduler() {
    return new SchedulerApi(api("--server", "scheduler", server));
  }

  /** The API of a service whose URL {@code option} gives. */
  RestApi api(String option, String service, String url) {
    return new RestApi(client(), service, base(option, url), Optional.of(user));
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  private URI base(String option, String url) {
    return parsed(
        option,
        url,
        text -> {
          URI base = URI.create(text);
          if (base.getHost() == null
              || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw new IllegalArgumentException(
                "must be a URL like http://127.0.0.1:8081, but is: " + text);
          }
          return base;
        });
  }

  /** What {@code parser} makes of an argument; misuse when it makes nothing of it. */
  <T> T parsed(String argument, String written, Function<String, T> parser) {
    try {
      return parser.apply(written);
    } catch (IllegalArgumentException e) {
      throw misuse(argument + " " + e.getMessage());
    }
  }

  ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
