package io.aipaging.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** An experiment sees packets; only the processes it starts know how a gate works. */
@AnalyzeClasses(packages = "io.aipaging.eval", importOptions = ImportOption.DoNotIncludeTests.class)
class EvalArchitectureTest {
  @ArchTest
  static final ArchRule experimentsKnowNeitherGateNorAgent =
      noClasses()
          .that()
          .resideInAnyPackage("io.aipaging.eval.enforcement", "io.aipaging.eval.relocation")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.aipaging.smfadapter..", "io.aipaging.aexf..", "io.vertx..");

  @ArchTest
  static final ArchRule experimentsDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("io.aipaging.eval.enforcement")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.aipaging.eval.relocation");
}
