package dev.greenstick.injector.fault;

import dev.greenstick.injector.ledger.Run;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two scripts that kill a container's main process from inside, for any POSIX shell. The kernel
 * drops SIGKILL that comes from a PID namespace to its own PID 1, so a plain {@code kill -9 1} does
 * nothing: either the main process is no PID 1, or its tracer takes it along.
 */
final class Kills {

  /** Exit code: another run of the container is there, so this one has been killed. */
  static final int KILLED_BEFORE = 40;

  /** Exit code: the run is too young to be told from a next one; later. */
  static final int TOO_YOUNG = 41;

  /** Exit code: the main process is PID 1, which it cannot kill. */
  static final int NOT_SHARED = 42;

  /** Exit code: it does not see the main process. */
  static final int NOT_SEEN = 43;

  /** Exit code: it would be too late. */
  static final int TOO_LATE = 44;

  /** Exit code: the main process lives on although its tracer is gone. */
  static final int OUTLIVED = 45;

  /** Seconds that a run must have lasted: longer than what clocks and timestamps are apart. */
  private static final int OLD_ENOUGH = 4;

  /**
   * The main process is the one of the container's mount namespace that began first. Times are in
   * hundredths of a second since boot, on every architecture. $1: when the run to kill began. $2:
   * the last second at which to begin.
   */
  private static final String IN_THE_CONTAINER =
      """
      while read -r key value rest; do
        if [ "$key" = btime ]; then boot=$value; fi
      done </proc/stat
      read -r up rest </proc/uptime
      if [ $((boot + ${up%%.*})) -gt "$2" ]; then
        echo "started too late"
        exit %6$d
      fi
      since=$1 main= began=
      for each in /proc/[0-9]*; do
        [ "$each/ns/mnt" -ef "/proc/$$/ns/mnt" ] || continue
        { read -r stat <"$each/stat"; } 2>/dev/null || continue
        set -- ${stat##*) }
        if [ -z "$main" ] || [ "${20}" -lt "$began" ]; then
          main=${each#/proc/} began=${20}
        fi
      done
      if [ -z "$main" ] || [ "$main" = $$ ]; then
        echo "the main process cannot be seen by this user"
        exit %4$d
      fi
      if [ "$main" = 1 ]; then
        echo "the main process is PID 1, although the pod says that it shares its processes"
        exit %3$d
      fi
      began=$((began / 100))
      if [ $((boot + began)) -gt $((since + 2)) ]; then exit %1$d; fi
      if [ $((${up%%.*} - began)) -lt %5$d ]; then exit %2$d; fi
      kill -9 "$main"
      """
          .formatted(KILLED_BEFORE, TOO_YOUNG, NOT_SHARED, NOT_SEEN, OLD_ENOUGH, TOO_LATE);

  /**
   * A tracer that asked for PTRACE_O_EXITKILL is killed once it traces; the kernel then kills what
   * it traced, and with a PID 1 everything in its namespace, this script included. $1: the last
   * second at which to begin.
   */
  private static final String BESIDE_THE_CONTAINER =
      """
      if [ $$ = 1 ]; then
        echo "the node's container runtime does not share the target's process namespace"
        exit %1$d
      fi
      if [ "$(date +%%s)" -gt "$1" ]; then
        echo "started too late"
        exit %2$d
      fi
      strace --kill-on-exit -qq -e trace=none -o /dev/null -p 1 &
      tracer=$!
      while kill -0 "$tracer" 2>/dev/null; do
        while read -r key value rest; do
          if [ "$key" = TracerPid: ] && [ "$value" = "$tracer" ]; then kill -9 "$tracer"; fi
        done </proc/1/status
        sleep 0.1
      done
      wait "$tracer"
      code=$?
      sleep 1
      if [ "$code" != 137 ]; then
        echo "strace (6.6 or newer is needed) cannot trace the main process: exit code $code"
        exit "$code"
      fi
      echo "the main process outlived its tracer"
      exit %3$d
      """
          .formatted(NOT_SEEN, TOO_LATE, OUTLIVED);

  private Kills() {}

  /**
   * A command to run in the container whose run is to be killed.
   *
   * @param until afterwards it does nothing
   */
  static List<String> inTheContainer(Run run, Instant until) {
    return command(IN_THE_CONTAINER, run.since(), until);
  }

  /**
   * A command to run in the process namespace of the container whose run is to be killed.
   *
   * @param until afterwards it does nothing
   */
  static List<String> besideTheContainer(Instant until) {
    return command(BESIDE_THE_CONTAINER, until);
  }

  private static List<String> command(String script, Instant... arguments) {
    return Stream.concat(
            Stream.of("sh", "-c", script, "greenstick"),
            Stream.of(arguments).map(each -> Long.toString(each.getEpochSecond())))
        .toList();
  }
}
