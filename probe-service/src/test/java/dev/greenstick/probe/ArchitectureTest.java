package dev.greenstick.probe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.greenstick.probe.predict.Protocol;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.greenstick.probe");

  private static final JavaClasses ALL =
      new ClassFileImporter().importPackages("dev.greenstick.probe");

  @Test
  void purePackagesKnowNoNetworkNoFrameworkAndNoThread() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.greenstick.probe.pace",
            "dev.greenstick.probe.predict",
            "dev.greenstick.probe.window",
            "dev.greenstick.probe.watch",
            "dev.greenstick.probe.command")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.fabric8..",
            "io.vertx..",
            "io.netty..",
            "jakarta..",
            "io.quarkus..",
            "io.smallrye..",
            "io.micrometer..",
            "java.util.concurrent..",
            "dev.greenstick.probe.clock..")
        .because("what is decided and measured must not depend on who calls it when")
        .check(MAIN);
  }

  @Test
  void theEdgesAreWhereTheirNamesSay() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..watch.kubernetes..", "..access.kubernetes..", "dev.greenstick.probe")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackages("..emit.kafka..", "..command.kafka..", "..resume.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "org.eclipse.microprofile.reactive..",
            "io.smallrye.reactive.messaging..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackages("..predict.http..", "..alert.http..", "dev.greenstick.probe")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "jakarta.ws..", "io.quarkus.rest..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.greenstick.probe.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void protocolsAreOneFileEachAndKnownByTheirInterface() {
    classes()
        .that()
        .implement(Protocol.class)
        .should()
        .resideInAPackage("dev.greenstick.probe.predict")
        .andShould()
        .bePackagePrivate()
        .check(MAIN);
  }

  @Test
  void nobodyReadsAClockOrSleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is a constructor argument")
        .check(ALL);
    noClasses()
        .that()
        .doNotHaveSimpleName("Prober")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("the wiring alone chooses the clocks")
        .check(MAIN);
  }
}
