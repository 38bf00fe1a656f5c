package dev.greenstick.broker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.broker.BrokerException.Reason;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * The process that is the broker: formats its directory when that was not done yet, runs Apache
 * Kafka's own main, and prints one line of JSON, {@code {"bootstrapServers": "..."}} once the
 * broker answers or {@code {"failed": "REASON", "because": "..."}} when it cannot start. Everything
 * Kafka has to say goes to {@code broker.log} in its directory.
 */
public final class BrokerProcess {
  static final String LOG = "broker.log";

  private static final int COULD_NOT_RUN = 3;
  private static final int SECONDS_TO_STOP = 15;
  private static final String USAGE =
      "usage: BrokerProcess --dir DIRECTORY [--port N] [--exit-with-parent] [--temporary] [--least-free-bytes N]";

  // Held as long as the process lives: a channel that is collected gives its lock back.
  @SuppressWarnings("unused")
  private static FileChannel lock;

  private BrokerProcess() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    var out = System.out;
    try {
      run(Arguments.parse(arguments), out);
    } catch (BrokerException e) {
      print(out, Map.of("failed", e.reason().name(), "because", e.getMessage()));
      Runtime.getRuntime().halt(COULD_NOT_RUN);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(COULD_NOT_RUN);
    }
  }

  private static void run(Arguments arguments, PrintStream out) throws BrokerException {
    var directory = arguments.directory();
    if (arguments.exitWithParent()) {
      exitWhenStandardInputEnds(directory, arguments.temporary());
    }
    prepare(directory, arguments.leastFreeBytes());
    lock(directory);
    logTo(directory.resolve(LOG));
    int[] ports = freePorts(arguments.port());
    var properties = write(directory, ports[0], ports[1]);
    format(directory, properties);
    var server = started(properties, arguments);
    announce(ServerProperties.bootstrapServers(ports[0]), out);
    server.awaitShutdown();
  }

  private static KafkaRaftServer started(Path properties, Arguments arguments)
      throws BrokerException {
    try {
      var server =
          new KafkaRaftServer(
              KafkaConfig.fromProps(Utils.loadProps(properties.toString()), false), Time.SYSTEM);
      Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
      server.startup();
      return server;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace(System.err);
      throw explained(e, arguments);
    }
  }

  // Kafka wraps these without a type of their own.
  private static BrokerException explained(Exception failure, Arguments arguments) {
    var directory = arguments.directory();
    String all =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .map(Throwable::toString)
            .collect(Collectors.joining(": "));
    if (all.contains("Address already in use")) {
      return portInUse(arguments.port());
    }
    if (all.contains("No space left on device")) {
      return new BrokerException(
          Reason.DISK_FULL,
          "The disk that holds "
              + directory
              + " is full: free some space or choose another directory",
          failure);
    }
    return new BrokerException(
        Reason.EXITED, "Kafka did not start (" + all + "), see " + directory.resolve(LOG), failure);
  }

  private static void prepare(Path directory, long leastFreeBytes) throws BrokerException {
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw unusable(directory, "it is not writable", null);
      }
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < leastFreeBytes) {
        throw new BrokerException(
            Reason.DISK_FULL,
            "The broker needs "
                + mebibytes(leastFreeBytes)
                + " free in "
                + directory
                + ", there are "
                + mebibytes(free)
                + ": free some space or choose another directory");
      }
    } catch (IOException e) {
      throw unusable(directory, e.toString(), e);
    }
  }

  // Kafka locks too late: by then a second node has already written to the metadata of the first.
  private static void lock(Path directory) throws BrokerException {
    try {
      lock =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new BrokerException(
            Reason.DIRECTORY_IN_USE,
            "Another broker runs in " + directory + ": stop it or choose another directory");
      }
    } catch (IOException e) {
      throw unusable(directory, e.toString(), e);
    }
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  private static BrokerException unusable(Path directory, String why, Throwable cause) {
    return new BrokerException(
        Reason.DIRECTORY_UNUSABLE,
        "The broker cannot keep its data in "
            + directory
            + " ("
            + why
            + "): choose another directory",
        cause);
  }

  private static void logTo(Path log) throws BrokerException {
    try {
      var file =
          new PrintStream(new FileOutputStream(log.toFile(), true), true, StandardCharsets.UTF_8);
      System.setOut(file);
      System.setErr(file);
    } catch (IOException e) {
      throw unusable(log.getParent(), e.toString(), e);
    }
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  }

  private static int[] freePorts(int wanted) throws BrokerException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var broker = new ServerSocket(wanted, 1, loopback);
        var controller = new ServerSocket(0, 1, loopback)) {
      return new int[] {broker.getLocalPort(), controller.getLocalPort()};
    } catch (BindException e) {
      throw portInUse(wanted);
    } catch (IOException e) {
      throw new BrokerException(
          Reason.EXITED, "The broker cannot listen on port " + wanted + ": " + e.getMessage(), e);
    }
  }

  static BrokerException portInUse(int port) {
    return new BrokerException(
        Reason.PORT_IN_USE,
        "The broker cannot listen on port "
            + port
            + ", which is in use: choose another, 0 for any free one");
  }

  private static Path write(Path directory, int port, int controllerPort) throws BrokerException {
    var file = directory.resolve("server.properties");
    try {
      return Files.writeString(
          file, ServerProperties.text(ServerProperties.of(data(directory), port, controllerPort)));
    } catch (IOException e) {
      throw unusable(directory, e.toString(), e);
    }
  }

  private static Path data(Path directory) {
    return directory.resolve("data").toAbsolutePath();
  }

  private static void format(Path directory, Path properties) throws BrokerException {
    if (Files.exists(data(directory).resolve("meta.properties"))) {
      return;
    }
    String[] arguments = {
      "format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()
    };
    int status;
    try {
      status = StorageTool.execute(arguments, System.out);
    } catch (RuntimeException e) {
      throw unusable(directory, "formatting failed: " + e.getMessage(), e);
    }
    if (status != 0) {
      throw unusable(directory, "formatting failed, see " + directory.resolve(LOG), null);
    }
  }

  private static void announce(String bootstrapServers, PrintStream out) throws BrokerException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.describeCluster().nodes().get();
      print(out, Map.of("bootstrapServers", bootstrapServers));
    } catch (ExecutionException e) {
      throw new BrokerException(
          Reason.NOT_ANSWERING, "The broker started and does not answer: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(PrintStream out, Map<String, String> line) {
    try {
      out.println(new JsonMapper().writeValueAsString(line));
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("Could not write " + line, e);
    }
  }

  private static void exitWhenStandardInputEnds(Path directory, boolean temporary) {
    Thread.ofPlatform()
        .daemon()
        .name("parent")
        .start(() -> exitAfterStandardInput(directory, temporary));
  }

  private static void exitAfterStandardInput(Path directory, boolean temporary) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      e.printStackTrace(System.err);
    }
    if (temporary) {
      haltWithout(directory);
    }
    CompletableFuture.delayedExecutor(SECONDS_TO_STOP, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(COULD_NOT_RUN));
    System.exit(0);
  }

  // Nothing is worth stopping in order for, but Kafka still adds files while they are being
  // removed.
  private static void haltWithout(Path directory) {
    for (int tries = 0; Files.exists(directory) && tries < 10; tries++) {
      try {
        Directories.delete(directory);
      } catch (IOException e) {
        System.err.println(e);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private record Arguments(
      Path directory, int port, boolean exitWithParent, boolean temporary, long leastFreeBytes) {
    static Arguments parse(String[] arguments) {
      String directory = null;
      String port = "0";
      String leastFreeBytes = String.valueOf(BrokerSettings.LEAST_FREE_BYTES);
      boolean exitWithParent = false;
      boolean temporary = false;
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--exit-with-parent" -> exitWithParent = true;
          case "--temporary" -> temporary = true;
          case "--dir" -> directory = valueAfter(arguments, i++);
          case "--port" -> port = valueAfter(arguments, i++);
          case "--least-free-bytes" -> leastFreeBytes = valueAfter(arguments, i++);
          default ->
              throw new IllegalArgumentException("Unknown argument " + arguments[i] + "; " + USAGE);
        }
      }
      if (directory == null) {
        throw new IllegalArgumentException("--dir is missing; " + USAGE);
      }
      return new Arguments(
          Path.of(directory),
          (int) number("--port", port, 65_535),
          exitWithParent,
          temporary,
          number("--least-free-bytes", leastFreeBytes, Long.MAX_VALUE));
    }

    private static long number(String name, String text, long most) {
      if (!text.matches("\\d{1,19}")
          || new BigInteger(text).compareTo(BigInteger.valueOf(most)) > 0) {
        throw new IllegalArgumentException(
            name + " must be a number from 0 to " + most + ", not \"" + text + "\"");
      }
      return Long.parseLong(text);
    }

    private static String valueAfter(String[] arguments, int at) {
      if (at + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[at] + " needs a value; " + USAGE);
      }
      return arguments[at + 1];
    }
  }
}
