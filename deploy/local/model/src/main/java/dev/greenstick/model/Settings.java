package dev.greenstick.model;

import java.time.Duration;
import java.util.Map;

/**
 * What a model server is started with.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param model the name under which the model is served
 * @param drain how long the server still answers, saying that it is not ready, after it was told to
 *     stop
 * @param exitWithParent whether the process ends at once when its standard input ends
 */
public record Settings(
    String host, int port, String model, Duration drain, boolean exitWithParent) {
  static final String USAGE =
      "usage: ModelServer [--port N] [--model NAME] [--host ADDRESS] [--drain-millis N] [--exit-with-parent]";

  public Settings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
    }
    if (!model.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "model must be a name of letters, digits, dots, dashes and underscores, not \""
              + model
              + "\"");
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain-millis must not be negative");
    }
  }

  /** The defaults, on any free port of the loopback interface. */
  public static Settings onAnyPort(String model) {
    return new Settings("127.0.0.1", 0, model, Duration.ofMillis(200), false);
  }

  /**
   * Reads command line arguments; {@code PORT} in the environment counts where {@code --port} is
   * not given.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  static Settings parse(String[] arguments, Map<String, String> environment) {
    String host = "127.0.0.1";
    String port = environment.getOrDefault("PORT", "8080");
    String model = "crescents";
    String drain = "200";
    boolean exitWithParent = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--exit-with-parent" -> exitWithParent = true;
        case "--port" -> port = valueAfter(arguments, i++);
        case "--model" -> model = valueAfter(arguments, i++);
        case "--host" -> host = valueAfter(arguments, i++);
        case "--drain-millis" -> drain = valueAfter(arguments, i++);
        default ->
            throw new IllegalArgumentException("Unknown argument " + arguments[i] + "; " + USAGE);
      }
    }
    return new Settings(
        host,
        number("port", port),
        model,
        Duration.ofMillis(number("drain-millis", drain)),
        exitWithParent);
  }

  private static String valueAfter(String[] arguments, int at) {
    if (at + 1 == arguments.length) {
      throw new IllegalArgumentException(arguments[at] + " needs a value; " + USAGE);
    }
    return arguments[at + 1];
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, not \"" + text + "\"", e);
    }
  }
}
