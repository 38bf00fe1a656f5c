package dev.greenstick.sandbox.kubelet;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Ends all processes of the sandbox when the sandbox itself is killed: a shell that remembers their
 * ids and, once its standard input ends, kills those that are left. Safe for use by several
 * threads.
 */
final class Guard implements AutoCloseable {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=" "
      while read -r op pid; do
        case "$op" in
          +) pids="$pids$pid " ;;
          -) pids=$(printf %s "$pids" | sed "s/ $pid / /") ;;
        esac
      done
      for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
      """;

  private final Process shell;
  private final Writer input;

  /**
   * @throws IOException when no shell can be started
   */
  Guard() throws IOException {
    shell =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    input = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  void started(long pid) {
    tell("+ " + pid);
  }

  void ended(long pid) {
    tell("- " + pid);
  }

  private synchronized void tell(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the guard of the sandbox's processes is gone: they would outlive a crash", e);
    }
  }

  /** Kills what is left, waits for it. */
  @Override
  public synchronized void close() {
    try {
      input.close();
      if (!shell.waitFor(5, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (IOException e) {
      shell.destroyForcibly();
    } catch (InterruptedException e) {
      shell.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
