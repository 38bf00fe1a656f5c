package dev.greenstick.command.parts;

import java.util.List;

/** How far the sandbox's injector may go, which is further than any other may by default. */
public final class Safety {

  /** Its pods serve nobody: a fault may take all of them, and the only one, too. */
  static final List<String> OF_THE_SANDBOX =
      List.of("-Dgreenstick.injector.most-down-percent=100", "-Dgreenstick.injector.least-ready=0");

  /** The same for people. */
  public static final String SAID =
      "the sandbox's injector may take every pod down at once: most-down-percent=100, least-ready=0";

  private Safety() {}
}
