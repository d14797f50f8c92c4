package io.aipaging.aexf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** Which package may know what. */
@AnalyzeClasses(packages = "io.aipaging.aexf", importOptions = ImportOption.DoNotIncludeTests.class)
class AexfArchitectureTest {
  private static final String[] FEATURES = {"io.aipaging.aexf.admission", "io.aipaging.aexf.guard"};

  @ArchTest
  static final ArchRule featuresKnowNoTechnology =
      noClasses()
          .that()
          .resideInAnyPackage(FEATURES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..",
              "io.netty..",
              "com.fasterxml..",
              "com.nimbusds..",
              "org.slf4j..",
              "io.aipaging.sbi..",
              "io.aipaging.aexf.guard.http..",
              "io.aipaging.aexf.admission.journal..");

  @ArchTest
  static final ArchRule admissionDoesNotKnowTheGuard =
      noClasses()
          .that()
          .resideInAPackage("io.aipaging.aexf.admission..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.aipaging.aexf.guard..");

  @ArchTest
  static final ArchRule onlyTheRootNamesDrivers =
      noClasses()
          .that()
          .resideInAnyPackage(FEATURES)
          .or()
          .resideInAPackage("io.aipaging.aexf.guard.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.aipaging.aexf.admission.journal..", "io.aipaging.aexf");

  @ArchTest
  static final ArchRule anAgentKnowsNoOtherFunction =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.smfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.cli..",
              "io.aipaging.lab..");

  @ArchTest
  static void timeIsAlwaysGiven(JavaClasses classes) {
    noClasses().should().callMethod(Instant.class, "now").check(classes);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(classes);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
  }
}
