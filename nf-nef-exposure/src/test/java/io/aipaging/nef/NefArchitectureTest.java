package io.aipaging.nef;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.aipaging.nef", importOptions = ImportOption.DoNotIncludeTests.class)
class NefArchitectureTest {
  private static final String FEATURE = "io.aipaging.nef.exposure";

  @ArchTest
  static final ArchRule FEATURE_PACKAGES_KNOW_NO_TECHNOLOGY =
      classes()
          .that()
          .resideInAPackage(FEATURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.aipaging.openapi..",
              "io.aipaging.protocol..",
              FEATURE);

  @ArchTest
  static final ArchRule NO_OTHER_NETWORK_FUNCTION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.smfadapter..",
              "io.aipaging.aexf..");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
