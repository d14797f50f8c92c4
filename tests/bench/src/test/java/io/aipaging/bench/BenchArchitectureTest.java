package io.aipaging.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A benchmark of a service knows its contract; one of leases what they are made of. */
@AnalyzeClasses(
    packages = "io.aipaging.bench",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {
  @ArchTest
  static final ArchRule aBenchmarkOfAServiceKnowsContractsOnly =
      classes()
          .that()
          .resideInAPackage("io.aipaging.bench")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "io.aipaging.openapi..", "io.aipaging.bench");

  @ArchTest
  static final ArchRule theFloorHasNoLogicToCall =
      classes()
          .that()
          .resideInAPackage("io.aipaging.bench.floor")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.rocksdb..",
              "io.aipaging.openapi..",
              "io.aipaging.protocol..",
              "io.aipaging.bench.floor");
}
