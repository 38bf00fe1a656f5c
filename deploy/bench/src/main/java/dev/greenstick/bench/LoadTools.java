package dev.greenstick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk and hey, as Debian packages them. */
final class LoadTools {

  private static final double MILLIS = 1e3;

  private LoadTools() {}

  static void require() {
    for (String tool : List.of("/usr/bin/wrk", "/usr/bin/hey")) {
      if (!Files.isExecutable(Path.of(tool))) {
        throw new IllegalStateException(tool + " is missing: apt-get install wrk hey");
      }
    }
  }

  /** hey at a rate, spread over its workers; each waits for its answer before it asks again. */
  static Figure hey(String url, int workers, int rate, int seconds, boolean kept) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "hey",
                "-o",
                "csv",
                "-z",
                seconds + "s",
                "-c",
                "" + workers,
                "-q",
                "" + Math.max(1, rate / workers),
                "-m",
                "POST",
                "-T",
                "application/json",
                "-d",
                ProbeFigures.BODY));
    if (!kept) {
      command.add("-disable-keepalive");
    }
    command.add(url);
    try (Watched hey = new Watched(command)) {
      double[] took =
          hey.output()
              .lines()
              .skip(1)
              .mapToDouble(line -> MILLIS * Double.parseDouble(line.split(",")[0]))
              .sorted()
              .toArray();
      return new Figure(
          "hey, %d workers, %s connections".formatted(workers, kept ? "kept" : "new"),
          took.length,
          seconds,
          hey.cpuSeconds(),
          hey.megabytes(),
          at(took, 0.5),
          at(took, 0.99),
          at(took, 0.999));
    }
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }

  /** wrk as fast as it can: each connection asks again once it is answered. */
  static Figure wrk(String url, int connections, int seconds) throws Exception {
    Path script = Files.createTempFile("greenstick-bench", ".lua");
    try {
      Files.writeString(script, script());
      List<String> command =
          Arrays.asList(
              "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "-s", script.toString(), url);
      try (Watched wrk = new Watched(command)) {
        Matcher said = Pattern.compile("figures (\\S+) (\\S+) (\\S+) (\\S+)").matcher(wrk.output());
        if (!said.find()) {
          throw new IOException("wrk told no figures");
        }
        return new Figure(
            "wrk, %d connections, as fast as it can".formatted(connections),
            Long.parseLong(said.group(1)),
            seconds,
            wrk.cpuSeconds(),
            wrk.megabytes(),
            Double.parseDouble(said.group(2)) / MILLIS,
            Double.parseDouble(said.group(3)) / MILLIS,
            Double.parseDouble(said.group(4)) / MILLIS);
      }
    } finally {
      Files.delete(script);
    }
  }

  private static String script() {
    return """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = '%s'
        function done(summary, latency, requests)
          io.write(string.format("figures %%d %%f %%f %%f\\n", summary.requests,
            latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
        end
        """
        .formatted(ProbeFigures.BODY);
  }
}
