package io.aipaging.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A history depends on its seed alone. */
@AnalyzeClasses(
    packages = "io.aipaging.simulation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SimulationArchitectureTest {
  @ArchTest
  static final ArchRule packagesAreInLayers =
      slices().matching("io.aipaging.simulation.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingInAHistoryReadsAClockOrStartsAThread =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.aipaging.simulation.run..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class);
}
