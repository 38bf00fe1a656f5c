package dev.greenstick.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that hold in every module, checked over the classes that ship and over the tests. */
class HouseRulesTest {

  /** Where clocks are made: the classes that wire a process together, and nothing else. */
  private static final Set<String> WIRING =
      Set.of(
          "dev.greenstick.scheduler.Scheduler",
          "dev.greenstick.injector.Assembly",
          "dev.greenstick.probe.Prober",
          "dev.greenstick.verdict.Verdicts",
          "dev.greenstick.command.Greenstick",
          "dev.greenstick.sandbox.Sandbox",
          "dev.greenstick.sandbox.SandboxProcess",
          "dev.greenstick.broker.BrokerProcess");

  private static final Set<String> CLOCK_READERS =
      Set.of(Instant.class.getName(), LocalDateTime.class.getName(), ZonedDateTime.class.getName());
  private static final Set<String> CLOCK_MAKERS =
      Set.of("systemUTC", "systemDefaultZone", "system");

  private static final String[] PURE = {
    "dev.greenstick.scheduler.saga..",
    "dev.greenstick.scheduler.admission..",
    "dev.greenstick.injector.target..",
    "dev.greenstick.injector.command..",
    "dev.greenstick.probe.pace..",
    "dev.greenstick.verdict.run..",
    "dev.greenstick.verdict.hypothesis..",
    "dev.greenstick.contracts.experiment..",
    "dev.greenstick.contracts.hypothesis.."
  };

  private static final Pattern SAYS_NOTHING =
      Pattern.compile(".*(Util|Utils|Helper|Helpers|Impl|Manager|Dto|Common)");

  private static final Pattern FORBIDDEN_PACKAGE =
      Pattern.compile(
          ".*\\.(util|utils|common|impl|dto|service|model|manager|helper|config)(\\..*)?");

  private static final JavaClasses SHIPPED = classes("target/classes");
  private static final JavaClasses ALL = classes("target/classes", "target/test-classes");

  private static JavaClasses classes(String... outputs) {
    List<Path> folders =
        Repository.MODULES.stream()
            .flatMap(
                module ->
                    List.of(outputs).stream()
                        .map(out -> Repository.root().resolve(module).resolve(out)))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(folders);
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module : Repository.MODULES) {
      assertThat(Repository.root().resolve(module).resolve("target/classes"))
          .as("compiled classes of " + module)
          .isDirectory();
    }
    assertThat(SHIPPED).hasSizeGreaterThan(100);
  }

  @Test
  void pureCodeKnowsNoWorld() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.fabric8..",
            "jakarta..",
            "io.quarkus..",
            "io.vertx..",
            "java.net.http..")
        .check(SHIPPED);
  }

  @Test
  void contractsDependOnNothingOfOursAndOnNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("dev.greenstick.contracts..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to a service or a framework",
                type ->
                    (type.getPackageName().startsWith("dev.greenstick")
                            && !type.getPackageName().startsWith("dev.greenstick.contracts"))
                        || type.getPackageName().startsWith("io.quarkus")
                        || type.getPackageName().startsWith("jakarta")
                        || type.getPackageName().startsWith("io.smallrye")))
        .check(SHIPPED);
  }

  @Test
  void onlyTheKubernetesPackagesTouchTheCluster() {
    noClasses()
        .that()
        .resideInAPackage("dev.greenstick.injector..")
        .and()
        .resideOutsideOfPackages("dev.greenstick.injector.kubernetes..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(SHIPPED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contracts",
        "scheduler",
        "injector",
        "probe",
        "verdict",
        "broker",
        "sandbox",
        "command"
      })
  void packagesHaveNoCycles(String part) {
    slices()
        .matching("dev.greenstick." + part + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(SHIPPED);
  }

  @Test
  void timeIsAnArgument() {
    noClasses()
        .that(
            DescribedPredicate.describe("are no wiring", type -> !WIRING.contains(outermost(type))))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads a clock or sleeps", HouseRulesTest::readsTheClockOrSleeps))
        .check(ALL);
  }

  /**
   * Tests that drive real servers wire a real clock by hand; what ships has its wiring for that.
   */
  @Test
  void onlyTheWiringMakesClocks() {
    noClasses()
        .that(
            DescribedPredicate.describe("are no wiring", type -> !WIRING.contains(outermost(type))))
        .should()
        .callMethodWhere(DescribedPredicate.describe("makes a clock", HouseRulesTest::makesAClock))
        .check(SHIPPED);
  }

  @Test
  void namesSaySomething() {
    assertThat(SHIPPED)
        .extracting(JavaClass::getSimpleName)
        .as("class names")
        .noneMatch(name -> SAYS_NOTHING.matcher(name).matches());
    assertThat(SHIPPED)
        .extracting(JavaClass::getPackageName)
        .as("package names")
        .noneMatch(
            name ->
                FORBIDDEN_PACKAGE
                    .matcher(name.replaceFirst("^dev\\.greenstick\\.model", ""))
                    .matches());
  }

  @Test
  void everyPackageSaysWhatItIsAbout() {
    Set<String> described =
        SHIPPED.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(java.util.stream.Collectors.toSet());
    List<Path> sources =
        Repository.files().stream()
            .filter(path -> path.toString().contains("src/main/java"))
            .toList();
    assertThat(sources.stream().map(Path::getParent).distinct())
        .as("folders of source without package-info.java; described: " + described.size())
        .allMatch(
            folder -> Files.exists(Repository.root().resolve(folder).resolve("package-info.java")));
  }

  private static boolean readsTheClockOrSleeps(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getName();
    return (owner.equals(Thread.class.getName()) && name.equals("sleep"))
        || (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"))
        || (CLOCK_READERS.contains(owner)
            && name.equals("now")
            && call.getTarget().getRawParameterTypes().isEmpty());
  }

  private static boolean makesAClock(JavaCall<?> call) {
    return call.getTargetOwner().getName().equals(Clock.class.getName())
        && CLOCK_MAKERS.contains(call.getName());
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
