package io.aipaging.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command uses the functions; it is none. */
@AnalyzeClasses(packages = "io.aipaging.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {
  @ArchTest
  static final ArchRule noModuleIsUsedThatStandsAboveTheCommand =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.aipaging.contract..", "io.aipaging.e2e..");

  @ArchTest
  static final ArchRule theCommandSignsAndVerifiesNothingItself =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nimbusds..", "org.bouncycastle..", "io.netty..");

  @ArchTest
  static final ArchRule configurationsAreWrittenWithoutStartingAnything =
      noClasses()
          .that()
          .resideInAPackage("io.aipaging.cli.deploy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.aipaging.cli.run..", "io.aipaging.cli.demo..");
}
