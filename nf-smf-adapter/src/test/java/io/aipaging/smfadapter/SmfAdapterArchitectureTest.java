package io.aipaging.smfadapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** Which package may know what. */
@AnalyzeClasses(
    packages = "io.aipaging.smfadapter",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SmfAdapterArchitectureTest {
  private static final String STEERING = "io.aipaging.smfadapter.steering";

  @ArchTest
  static final ArchRule featurePackagesKnowNoTechnology =
      classes()
          .that()
          .resideInAPackage(STEERING)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.aipaging.openapi..",
              "io.aipaging.protocol..",
              STEERING);

  @ArchTest
  static final ArchRule driversDoNotKnowEachOther =
      slices().matching("io.aipaging.smfadapter.steering.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyTheCompositionRootNamesDrivers =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.aipaging\\.smfadapter\\.SmfAdapter(Main|Config|CorePath).*")
          .and()
          .resideOutsideOfPackage(STEERING + ".*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STEERING + ".*");

  @ArchTest
  static final ArchRule noOtherNetworkFunction =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.aexf..");

  @ArchTest
  static final ArchRule wallTimeIsInjected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule featuresReadNoClock =
      noClasses().that().resideInAPackage(STEERING).should().callMethod(System.class, "nanoTime");
}
