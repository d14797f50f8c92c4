package io.aipaging.certs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.aipaging.certs",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule certificatesAndKeysAloneKnowBouncyCastle =
      noClasses()
          .that()
          .doNotHaveSimpleName("CertificateMaker")
          .and()
          .doNotHaveSimpleName("Pem")
          .and()
          .doNotHaveSimpleName("Revocations")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule issuerAndSignerAloneKnowJose =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("DevToken")
          .and()
          .doNotHaveSimpleName("TokenSigner")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule theClockIsAnArgument =
      noClasses().should().callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule noNetworkFunctionIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.aipaging.aipf..",
              "io.aipaging.pcfadapter..",
              "io.aipaging.smfadapter..",
              "io.aipaging.nef..",
              "io.aipaging.aexf..",
              "io.aipaging.sbi.client..");
}
