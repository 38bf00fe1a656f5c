package dev.greenstick.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.BiConsumer;

/** A {@link StillApiServer}, running. */
record StartedApiServer(Process process, String url, String token) implements AutoCloseable {

  static StartedApiServer start(int model, int others) throws IOException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StillApiServer.class.getName(),
                String.valueOf(model),
                String.valueOf(others))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Not closed: the process writes nothing more, and ends with its standard input.
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("http://")) {
        String[] parts = line.split(" ", 2);
        return new StartedApiServer(process, parts[0], parts[1]);
      }
    }
    throw new IOException("the API server does not start");
  }

  /** How the injector and the probe are set: nothing is repeated, watches go over plain HTTP. */
  Config config() {
    return new ConfigBuilder()
        .withAutoConfigure(false)
        .withMasterUrl(url)
        .withOauthToken(token)
        .withRequestRetryBackoffLimit(0)
        .withOnlyHttpWatches(true)
        .withMaxConcurrentRequests(256)
        .withMaxConcurrentRequestsPerHost(256)
        .build();
  }

  /**
   * A client whose requests are seen.
   *
   * @param seen method and URL of each, on the thread that makes it
   */
  KubernetesClient client(BiConsumer<String, String> seen) {
    Interceptor seeing =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            seen.accept(request.method(), request.uri().toString());
          }
        };
    return new KubernetesClientBuilder()
        .withConfig(config())
        .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("seeing", seeing))
        .build();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
