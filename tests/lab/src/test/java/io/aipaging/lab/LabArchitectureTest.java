package io.aipaging.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What stands in for the world knows nothing of us. */
@AnalyzeClasses(packages = "io.aipaging.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class LabArchitectureTest {
  @ArchTest
  static final ArchRule theLabKnowsNoModuleOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.aipaging.lab")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.openapi..", "io.aipaging.sbi..", "io.aipaging.protocol..", "io.vertx..");

  @ArchTest
  static final ArchRule neitherLabNorModelKnowsANetworkFunction =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.smfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.aexf..",
              "io.aipaging.cli..");

  @ArchTest
  static final ArchRule onlyTheServerAndItsApiKnowTechnology =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.model\\.(ModelServer|EmbeddingsApi).*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "com.fasterxml..", "com.nimbusds..");
}
