package io.aipaging.aipf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which package of the AIPF may know which. */
class ArchitectureTest {
  private static final String ROOT = "io.aipaging.aipf.";
  private static final String[] FEATURES = {
    ROOT + "catalog",
    ROOT + "intent",
    ROOT + "selection",
    ROOT + "paging",
    ROOT + "lease",
    ROOT + "relocation",
    ROOT + "evidence"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.aipaging.aipf");

  @Test
  void featurePackagesKnowNoTechnology() {
    check(
        classes()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                concat(
                    FEATURES,
                    "java..",
                    "org.jspecify..",
                    "io.aipaging.protocol..",
                    "io.aipaging.openapi..")));
  }

  @Test
  void catalogueAndSelectionKnowNothingOfIntents() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "catalog..", ROOT + "selection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "intent..", ROOT + "paging.."));
  }

  @Test
  void leafPackagesKnowNoOtherLeaf() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "catalog.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "intent.minilm"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String[] concat(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
