package dev.greenstick.command.parts;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the parts lie that are started.
 *
 * @param home the clone's root
 * @param version the version that is built in it
 * @param java the {@code java} to start them with
 */
public record Installation(Path home, String version, Path java) {

  /** What {@code deploy/greenstick} says. */
  public static Installation fromProperties() {
    return new Installation(
        Path.of(required("greenstick.home")),
        required("greenstick.version"),
        Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "-D" + property + " is missing: start the command as deploy/greenstick");
    }
    return value;
  }

  /** The jar of a module under {@code deploy/local}. */
  public Path jar(String module) {
    return target(module).resolve("greenstick-" + module + "-" + version + ".jar");
  }

  /** The class path of a module under {@code deploy/local}: its jar and its libraries. */
  public String classPath(String module) {
    return String.join(
        File.pathSeparator,
        List.of(jar(module).toString(), target(module).resolve("lib").resolve("*").toString()));
  }

  /** The jar that a service ships as. */
  public Path serviceJar(PartName service) {
    return home.resolve(service.word() + "-service")
        .resolve("target")
        .resolve("quarkus-app")
        .resolve("quarkus-run.jar");
  }

  /** The roles that ship for Kubernetes. */
  public Path roles() {
    return home.resolve("deploy").resolve("kubernetes");
  }

  private Path target(String module) {
    return home.resolve("deploy").resolve("local").resolve(module).resolve("target");
  }
}
