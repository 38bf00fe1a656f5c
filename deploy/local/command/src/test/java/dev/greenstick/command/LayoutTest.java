package dev.greenstick.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.greenstick.command");

  @Test
  void whatIsPureKnowsNoProcessNoNetworkAndNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage("..command.demo..", "..command.display..", "..command.outcome..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "java.net.http..", "org.jline.terminal..", "picocli..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.time.Clock.class, ProcessHandle.class, Process.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.greenstick.command.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheFollowerAndTheStarterKnowKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..command.follow..", "..command.parts..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }
}
