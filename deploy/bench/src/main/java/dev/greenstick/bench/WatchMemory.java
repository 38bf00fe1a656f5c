package dev.greenstick.bench;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.probe.watch.PodWatch;
import dev.greenstick.probe.watch.kubernetes.KubernetesPodWatches;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What the probe's watch over pods holds, in a process of its own: the heap that is used after a
 * collection while so many pods are watched.
 */
public final class WatchMemory {

  private WatchMemory() {}

  /** Arguments: how many pods. */
  public static void main(String[] arguments) throws Exception {
    int pods = Integer.parseInt(arguments[0]);
    CountDownLatch told = new CountDownLatch(pods);
    RunRef run =
        RunRef.of(
            new ExperimentName("bench"), new ClusterName("bench"), Clock.systemUTC().instant());
    try (StartedApiServer server = StartedApiServer.start(pods, 0);
        KubernetesClient client = server.client((method, url) -> {})) {
      long before = used();
      try (PodWatch watch =
          new KubernetesPodWatches(client, Clock.systemUTC())
              .over(run, List.of(Selector.ofNamespaces("default")), each -> told.countDown())) {
        told.await();
        System.out.printf("%d %d %s%n", before, used(), watch.problem().isEmpty());
      }
    }
    System.exit(0);
  }

  /** In another process, so that the first does not warm up the second; in bytes. */
  static long measure(int pods) throws IOException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WatchMemory.class.getName(),
                String.valueOf(pods))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3) {
          return Long.parseLong(parts[1]);
        }
      }
    }
    throw new IOException("no memory was measured");
  }

  private static long used() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
