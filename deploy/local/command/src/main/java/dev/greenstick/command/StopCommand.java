package dev.greenstick.command;

import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.command.parts.Installation;
import dev.greenstick.command.parts.Workplace;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops every demo of this clone, however it was started. */
@Command(
    name = "stop",
    description = "Stops the demos of this clone that run, and removes what killed ones left.",
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class)
final class StopCommand implements Callable<Integer> {

  private static final int SECONDS_TO_STOP = 60;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    List<ProcessHandle> launchers = Workplace.launchers(Installation.fromProperties());
    launchers.forEach(ProcessHandle::destroy);
    for (ProcessHandle launcher : launchers) {
      await(launcher);
    }
    System.out.println(
        switch (launchers.size()) {
          case 0 -> "No demo of this clone runs";
          case 1 -> "The demo is stopped";
          default -> launchers.size() + " demos are stopped";
        });
    return 0;
  }

  private static void await(ProcessHandle launcher) throws CouldNotRun, InterruptedException {
    try {
      launcher.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CouldNotRun(
          "The demo with process id "
              + launcher.pid()
              + " did not stop within "
              + SECONDS_TO_STOP
              + " s",
          e);
    }
  }
}
