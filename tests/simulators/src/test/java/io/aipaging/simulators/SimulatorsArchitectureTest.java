package io.aipaging.simulators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.aipaging.simulators",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SimulatorsArchitectureTest {
  @ArchTest
  static final ArchRule SIMULATORS_KNOW_NO_NETWORK_FUNCTION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.smfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.aexf..");

  @ArchTest
  static final ArchRule ONLY_SERVERS_KNOW_VERTX =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Server")
          .and()
          .haveSimpleNameNotStartingWith("Running")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");
}
