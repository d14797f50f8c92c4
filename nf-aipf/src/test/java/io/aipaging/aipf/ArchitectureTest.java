package io.aipaging.aipf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which package of the AIPF may know which. */
class ArchitectureTest {
  private static final String ROOT = "io.aipaging.aipf.";
  private static final String[] FEATURES = {
    ROOT + "catalog",
    ROOT + "intent",
    ROOT + "selection",
    ROOT + "paging",
    ROOT + "lease",
    ROOT + "relocation",
    ROOT + "renewal",
    ROOT + "ending",
    ROOT + "evidence",
    ROOT + "events",
    ROOT + "strand"
  };

  /** Features that meet the outside world or run unasked: they may also log. */
  private static final String[] EDGES = {ROOT + "enforcement", ROOT + "upkeep", ROOT + "reconcile"};

  private static final String[] DRIVERS = {
    ROOT + "lease.codec",
    ROOT + "lease.export",
    ROOT + "lease.memory",
    ROOT + "lease.rocksdb",
    ROOT + "strand.virtual",
    ROOT + "catalog.yaml",
    ROOT + "intent.minilm",
    ROOT + "upkeep.wheel",
    ROOT + "keyfile"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.aipaging.aipf");

  @Test
  void featurePackagesKnowNoTechnology() {
    check(
        classes()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                concat(
                    concat(FEATURES, EDGES),
                    "java..",
                    "org.jspecify..",
                    "io.aipaging.protocol..",
                    "io.aipaging.openapi..")));
  }

  @Test
  void edgesKnowNoTechnologyButTheLog() {
    check(
        classes()
            .that()
            .resideInAnyPackage(EDGES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                concat(
                    concat(FEATURES, EDGES),
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "io.aipaging.protocol..",
                    "io.aipaging.openapi..")));
  }

  @Test
  void featuresHaveNoCycle() {
    check(SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void leaseRulesKnowOnlyEvidenceAndTheProtocol() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "lease")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                ROOT + "paging..",
                ROOT + "relocation..",
                ROOT + "renewal..",
                ROOT + "ending..",
                ROOT + "enforcement..",
                ROOT + "upkeep..",
                ROOT + "catalog..",
                ROOT + "selection..",
                ROOT + "intent..",
                ROOT + "lease.memory.."));
  }

  @Test
  void nobodyReadsAClockOrSleepsOrSynchronizes() {
    check(
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class));
    check(noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED));
  }

  @Test
  void onlyTheCompositionRootNamesDrivers() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "AipfMain")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "Storage")
            .and()
            .resideOutsideOfPackages(DRIVERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DRIVERS));
  }

  @Test
  void catalogueAndSelectionKnowNothingOfIntents() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "catalog..", ROOT + "selection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "intent..", ROOT + "paging.."));
  }

  @Test
  void leafPackagesKnowNoOtherLeaf() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "catalog.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "intent.minilm", ROOT + "lease.memory"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String[] concat(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
