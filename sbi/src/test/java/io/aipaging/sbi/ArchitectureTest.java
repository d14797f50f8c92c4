package io.aipaging.sbi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.aipaging.sbi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule serverAndClientDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("..sbi.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..sbi.client..");

  @ArchTest
  static final ArchRule clientDoesNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage("..sbi.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..sbi.server..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.aipaging.sbi.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noOtherModuleIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.aipaging..")
                  .and(
                      not(
                          resideInAPackage("io.aipaging.sbi..")
                              .or(resideInAPackage("io.aipaging.openapi..")))));

  @ArchTest
  static final ArchRule wireValuesKnowNoTechnology =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..sbi.wire..", "..sbi.schema..", "..sbi.contract..", "..sbi.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "com.nimbusds..");

  @ArchTest
  static final ArchRule joseStaysInOauth =
      noClasses()
          .that()
          .resideOutsideOfPackage("..sbi.oauth..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule theClockIsAnArgument =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule nothingStaticChanges =
      ArchRuleDefinition.fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule whatIsNotAbstractIsFinal =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should()
          .haveModifier(JavaModifier.FINAL);
}
