package dev.greenstick.sandbox.kubelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Process namespaces as containers have them, by Linux' {@code unshare} and {@code nsenter}: a
 * container's main process is PID 1 of its own, or lives beside the pod's PID 1 where a pod shares
 * one. What signals then do, and do not do, is the kernel's own doing.
 *
 * @param user options that make a user namespace, for whoever is not root; empty for root
 */
record ProcessSpaces(List<String> user) {

  /** The shell's first child is PID 1; it gets the shell's input, and dies with the shell. */
  private static final String FIRST_CHILD =
      "exec 3<&0; setpriv --pdeathsig KILL unshare --mount --mount-proc \"$@\" <&3 & wait $!";

  private static final long SECONDS_TO_TRY = 10;

  ProcessSpaces {
    user = List.copyOf(user);
  }

  /**
   * What this machine allows.
   *
   * @throws IOException with the kernel's words when it allows nothing of the kind
   */
  static ProcessSpaces find() throws IOException {
    String problem = "";
    for (List<String> user : List.of(List.<String>of(), List.of("--user", "--map-root-user"))) {
      ProcessSpaces spaces = new ProcessSpaces(user);
      problem = spaces.problem();
      if (problem.isEmpty()) {
        return spaces;
      }
    }
    throw new IOException("this machine gives no process namespaces: " + problem);
  }

  private String problem() throws IOException {
    Process process =
        new ProcessBuilder(alone(List.of("sh", "-c", "test $$ = 1")))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(SECONDS_TO_TRY, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "unshare does not end";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unshare was tried", e);
    }
    return process.exitValue() == 0 ? "" : "unshare: " + output.strip();
  }

  /** A command as PID 1 of a namespace of its own; the process started is its parent. */
  List<String> alone(List<String> command) {
    return join(
        List.of("unshare"), user, List.of("--pid", "sh", "-c", FIRST_CHILD, "container"), command);
  }

  /** A command in the process namespace of a process, with mounts of its own. */
  List<String> beside(long pid, List<String> command) {
    return join(entering(pid, "--pid"), List.of("unshare", "--mount", "--mount-proc"), command);
  }

  /** A command in the container of a process: in its process namespace, with its mounts. */
  List<String> inside(long pid, List<String> command) {
    return join(entering(pid, "--pid", "--mount"), command);
  }

  /** Whether a process has not become the program yet that it is to run. */
  static boolean isEntering(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    return line.contains("unshare\0--mount\0--mount-proc\0");
  }

  private List<String> entering(long pid, String... which) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid)));
    if (!user.isEmpty()) {
      words.add("--user");
    }
    words.addAll(List.of(which));
    words.add("--");
    return words;
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }
}
