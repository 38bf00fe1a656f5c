package dev.greenstick.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String[] PURE = {
    "..saga..", "..admission..", "..calendar..", "..definition.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("dev.greenstick.scheduler");

  @Test
  void decisionsKnowNeitherKafkaNorFrameworksNorAClock() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .and()
        .haveSimpleNameNotContaining("Simulat")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..", "io.micrometer..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InstantSource.class)
        .check(CLASSES);
  }

  @Test
  void nobodyReadsTheClockOrSleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.greenstick.scheduler.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
