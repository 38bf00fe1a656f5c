package dev.greenstick.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter().importPackages("dev.greenstick.sandbox");
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.greenstick.sandbox");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.greenstick.sandbox.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void purePackagesKnowNoServerNoProcessAndNoStore() {
    noClasses()
        .that()
        .resideInAnyPackage("..selector..", "..patch..", "..table..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "dev.greenstick.sandbox.api..",
            "dev.greenstick.sandbox.kubelet..",
            "dev.greenstick.sandbox.controller..",
            "java.nio.file..")
        .check(MAIN);
  }

  @Test
  void nobodyReadsTheClockOrSleeps() {
    noClasses().should().callMethod(Instant.class, "now").check(ALL);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(ALL);
    noClasses().should().callMethod(System.class, "nanoTime").check(ALL);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
  }
}
