package io.aipaging.openapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Contracts use nothing. */
@AnalyzeClasses(
    packages = "io.aipaging.openapi",
    importOptions = ImportOption.DoNotIncludeTests.class)
class OpenApiArchitectureTest {
  @ArchTest
  static final ArchRule contractsUseNothing =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "io.aipaging.openapi..");
}
