package dev.greenstick.verdict;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.greenstick.verdict");

  @Test
  void fromHistoryToVerdictNothingKnowsKafkaOrFrameworksOrAClock() {
    noClasses()
        .that()
        .resideInAnyPackage("..verdict.history..", "..verdict.hypothesis..", "..verdict.run..")
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
  void replayNeedsNoServiceAndWritesNoEventOfItsOwnAccord() {
    noClasses()
        .that()
        .resideInAnyPackage("..verdict.intake..", "..verdict.replay..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka.streams..",
            "io.quarkus..",
            "io.smallrye..",
            "jakarta..",
            "io.micrometer..",
            "org.jboss..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InstantSource.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..verdict.replay..")
        .and()
        .doNotHaveSimpleName("TopicSink")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.clients.producer..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.greenstick.verdict.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
