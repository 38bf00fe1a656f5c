package dev.greenstick.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String BASE = "dev.greenstick.contracts";
  private static final Set<String> FRONT_DOOR = Set.of("Topics", "TopicCreation");

  private final JavaClasses contracts =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void contractsDependOnNoFrameworkAndOnNothingElseOfOurs() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            BASE + "..",
            "java..",
            "com.fasterxml.jackson..",
            "org.apache.kafka..",
            "org.HdrHistogram..",
            "org.yaml.snakeyaml..",
            "dev.cel..",
            "com.google..")
        .check(contracts);
  }

  @Test
  void eachLibraryStaysWhereItBelongs() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE, BASE + ".wire")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(contracts);
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".hypothesis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cel..", "com.google.protobuf..", "com.google.common..")
        .check(contracts);
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".experiment")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.re2j..")
        .check(contracts);
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".experiment")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.yaml..", "com.fasterxml.jackson.dataformat..")
        .check(contracts);
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".health")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.HdrHistogram..")
        .check(contracts);
  }

  @Test
  void nothingReadsAClockOrRollsDice() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(contracts);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .assignedFrom(new ByPackageWithTheFrontDoorApart())
        .should()
        .beFreeOfCycles()
        .check(contracts);
  }

  @Test
  void nothingIsNamedForItsLayer() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Dto")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..", "..model..")
        .check(contracts.that(DescribedPredicate.describe("ours", JavaClass::isTopLevelClass)));
  }

  /**
   * Topics names every family, and every family is an EventData: both stand in the base package, so
   * what everybody uses and what uses everybody are told apart.
   */
  private static final class ByPackageWithTheFrontDoorApart implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getBaseComponentType().getName();
      if (!name.startsWith(BASE)) {
        return SliceIdentifier.ignore();
      }
      String simple = name.substring(BASE.length() + 1);
      if (!simple.contains(".")) {
        return SliceIdentifier.of(
            FRONT_DOOR.contains(simple.split("\\$")[0]) ? "front door" : "events");
      }
      return SliceIdentifier.of(simple.substring(0, simple.indexOf('.')));
    }

    @Override
    public String getDescription() {
      return "packages with the front door apart";
    }
  }
}
