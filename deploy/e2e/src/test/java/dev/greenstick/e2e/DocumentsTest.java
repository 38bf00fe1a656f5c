package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name must be there: files, folders, classes, commands and links. */
class DocumentsTest {

  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern FILE =
      Pattern.compile(
          "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+/?|[A-Za-z0-9_-]+\\.(java|md|sh|ya?ml|xml)");
  private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\s*(?:\\$ )?((?:deploy|\\./mvnw|\\.ci)\\S*)");

  private static final List<Path> FILES = Repository.files();

  private static final Set<String> TYPES =
      FILES.stream()
          .filter(path -> path.toString().endsWith(".java"))
          .flatMap(
              path ->
                  Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z]\\w+)")
                      .matcher(Repository.read(path))
                      .results()
                      .map(found -> found.group(1)))
          .collect(Collectors.toSet());

  static Stream<Path> documents() {
    return FILES.stream().filter(path -> path.toString().endsWith(".md"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyPathExists(Path document) {
    assertThat(
            prose(document)
                .filter(code -> FILE.matcher(code).matches())
                .filter(code -> looksLikeOurs(code))
                .filter(code -> !exists(document, code)))
        .as("paths that " + document + " names and that are not there")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyClassExists(Path document) {
    Set<String> missing = new TreeSet<>();
    prose(document)
        .filter(code -> TYPE.matcher(code).matches())
        .filter(name -> !TYPES.contains(name) && !FOREIGN.contains(name))
        .forEach(missing::add);
    assertThat(missing).as("classes that " + document + " names and that are not there").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    assertThat(
            LINK.matcher(Repository.read(document))
                .results()
                .map(found -> found.group(1).replaceFirst("#.*", ""))
                .filter(target -> !target.isEmpty() && !target.contains("://"))
                .filter(
                    target ->
                        !Files.exists(Repository.root().resolve(document).resolveSibling(target))))
        .as("links of " + document + " that lead nowhere")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandIsThere(Path document) {
    assertThat(
            FENCE
                .matcher(Repository.read(document))
                .results()
                .map(MatchResult::group)
                .flatMap(block -> COMMAND.matcher(block).results().map(found -> found.group(1)))
                .filter(
                    command ->
                        !Files.isExecutable(Repository.root().resolve(command))
                            && !Files.isRegularFile(Repository.root().resolve(command))))
        .as("commands that " + document + " shows and that are not there")
        .isEmpty();
  }

  /** Names of the outside world that documents may use. */
  private static final Set<String> FOREIGN =
      Set.of(
          "PodChaos",
          "AllInjected",
          "ConsumerPerformance",
          "ModelReady",
          "ServerReady",
          "ConfigMap",
          "ServiceAccount",
          "RoleBinding",
          "ClusterRole",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "EndpointSlice",
          "EndpointSlices",
          "CloudEvents",
          "CloudEvent",
          "HdrHistogram",
          "KafkaStreams",
          "TopologyTestDriver",
          "AsyncAPI",
          "OpenAPI",
          "RocksDB",
          "ArchUnit",
          "SmallRye",
          "NetworkPolicy",
          "ImagePullBackOff",
          "ErrImagePull",
          "CrashLoopBackOff",
          "SelfSubjectAccessReview",
          "PodDisruptionBudget",
          "PodDisruptionBudgets",
          "SerialGC",
          "WebClient",
          "HttpClient",
          "WebSocket",
          "ReplicaSets",
          "StatefulSets",
          "KafkaRaftServer",
          "AttributedString");

  private static Stream<String> prose(Path document) {
    Matcher code = CODE.matcher(FENCE.matcher(Repository.read(document)).replaceAll(""));
    return code.results().map(found -> found.group(1)).toList().stream();
  }

  private static boolean looksLikeOurs(String code) {
    return code.endsWith(".java")
        || code.endsWith(".md")
        || Stream.of(
                "contracts/",
                "deploy/",
                "scheduler-service/",
                "injector-service/",
                "probe-service/",
                "verdict-service/",
                "src/",
                ".ci/",
                ".mvn/")
            .anyMatch(code::startsWith);
  }

  private static boolean exists(Path document, String code) {
    Path root = Repository.root();
    Path beside = root.resolve(document).resolveSibling(code);
    return Files.exists(root.resolve(code))
        || Files.exists(beside)
        || code.contains("target/")
        || FILES.stream().anyMatch(path -> path.endsWith(Path.of(code)))
        || isFolder(code);
  }

  private static boolean isFolder(String code) {
    Path folder = Path.of(code);
    return FILES.stream()
        .map(Path::getParent)
        .filter(parent -> parent != null)
        .anyMatch(parent -> parent.endsWith(folder));
  }
}
