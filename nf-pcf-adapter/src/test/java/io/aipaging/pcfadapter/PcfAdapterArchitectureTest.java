package io.aipaging.pcfadapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.aipaging.pcfadapter",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PcfAdapterArchitectureTest {
  private static final String FEATURE = "io.aipaging.pcfadapter.qosbinding";
  private static final String N5 = FEATURE + ".n5";
  private static final String FILE = FEATURE + ".file";

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
  static final ArchRule DRIVERS_DO_NOT_KNOW_EACH_OTHER =
      noClasses().that().resideInAPackage(N5).should().dependOnClassesThat().resideInAPackage(FILE);

  @ArchTest
  static final ArchRule DRIVERS_DO_NOT_KNOW_EACH_OTHER_EITHER_WAY =
      noClasses().that().resideInAPackage(FILE).should().dependOnClassesThat().resideInAPackage(N5);

  @ArchTest
  static final ArchRule ONLY_THE_COMPOSITION_ROOT_NAMES_DRIVERS =
      noClasses()
          .that()
          .resideInAPackage("io.aipaging.pcfadapter")
          .and()
          .haveSimpleNameNotContaining("PcfAdapterMain")
          .and()
          .haveSimpleNameNotContaining("CoreAccess")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              ".*\\.(N5PolicyAuthorization|DiscoveredPcfs|N5Callbacks|FileBindingJournal)");

  @ArchTest
  static final ArchRule NO_OTHER_NETWORK_FUNCTION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.smfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.aexf..");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("PcfAdapterMain")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
