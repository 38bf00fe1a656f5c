package dev.greenstick.injector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.greenstick.injector.fault.FaultDriver;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.greenstick.injector");

  private static final JavaClasses WITH_TESTS =
      new ClassFileImporter().importPackages("dev.greenstick.injector");

  @Test
  void pure_packages_know_no_kafka_no_cluster_no_framework_and_no_thread() {
    noClasses()
        .that()
        .resideInAnyPackage("..command..", "..target..", "..safety..", "..ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.fabric8..",
            "jakarta..",
            "io.quarkus..",
            "io.smallrye..",
            "io.micrometer..",
            "java.util.concurrent..")
        .because("decisions must be the same whenever and wherever they are made")
        .check(CLASSES);
  }

  @Test
  void only_the_kubernetes_package_knows_fabric8() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..injector.kubernetes..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(CLASSES);
  }

  @Test
  void only_the_kafka_package_knows_kafka() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..injector.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive.messaging..")
        .check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("dev.greenstick.injector.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothing_inside_knows_the_edge() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..injector.kafka..", "..injector.kubernetes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..injector.kafka..", "..injector.kubernetes..")
        .check(CLASSES);
  }

  @Test
  void nobody_reads_a_clock_or_sleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is a constructor argument")
        .check(WITH_TESTS);
    noClasses()
        .that()
        .doNotHaveSimpleName("Assembly")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .check(WITH_TESTS);
  }

  @Test
  void drivers_are_one_file_a_fault_behind_the_interface() {
    classes()
        .that()
        .implement(FaultDriver.class)
        .should()
        .resideInAPackage("..injector.fault..")
        .check(CLASSES);
  }
}
