package io.aipaging.protocol;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;

/** Protocol decides; it reads no clock, opens nothing and shows nobody which libraries it uses. */
@AnalyzeClasses(
    packages = "io.aipaging.protocol",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ProtocolArchitectureTest {
  private static final DescribedPredicate<JavaClass> TECHNOLOGY =
      resideInAnyPackage("com.nimbusds..", "com.fasterxml..", "org.bouncycastle..", "com.amazon..");

  @ArchTest
  static final ArchRule doesNoInputOrOutput =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.nio.file..", "java.nio.channels..", "java.net.http..", "javax.net..")
                  .or(
                      resideInAPackage("java.io")
                          .and(
                              DescribedPredicate.not(
                                  nameMatching("java\\.io\\.(IOException|Serializable)"))))
                  .or(
                      resideInAPackage("java.net")
                          .and(
                              DescribedPredicate.not(
                                  nameMatching(
                                      "java\\.net\\.(Inet\\w*Address|URI|URISyntaxException)")))));

  @ArchTest
  static final ArchRule asksNoNameService =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "a name is resolved",
                  call ->
                      call.getTargetOwner().isAssignableTo(java.net.InetAddress.class)
                          && call.getName()
                              .matches(
                                  "getByName|getAllByName|getLocalHost|getHostName"
                                      + "|getCanonicalHostName|isReachable")));

  @ArchTest
  static final ArchRule readsNoClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Instant.class, "now", Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(assignableTo(Clock.class))
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .dependOnClassesThat(assignableTo(Thread.class));

  @ArchTest
  static final ArchRule showsNoTechnologyInPublicSignatures =
      codeUnits()
          .should(
              new ArchCondition<>("use no library type where others see it") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  if (!isSeen(unit)) {
                    return;
                  }
                  Stream.concat(
                          Stream.of(unit.getRawReturnType()),
                          Stream.concat(
                              unit.getRawParameterTypes().stream(),
                              unit.getExceptionTypes().stream()))
                      .filter(TECHNOLOGY)
                      .forEach(
                          type ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      unit, unit.getFullName() + " shows " + type.getName())));
                }
              });

  @ArchTest
  static final ArchRule showsNoTechnologyInPublicFields =
      fields()
          .should(
              new ArchCondition<>("use no library type where others see it") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  if (field.getModifiers().contains(JavaModifier.PUBLIC)
                      && TECHNOLOGY.test(field.getRawType())) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName()));
                  }
                }
              });

  @ArchTest
  static final ArchRule dependsOnNoOtherModule =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..", "javax.crypto..", "org.jspecify..", "io.aipaging.protocol..")
                  .or(TECHNOLOGY));

  private static boolean isSeen(JavaCodeUnit unit) {
    return unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
        && (unit.getModifiers().contains(JavaModifier.PUBLIC)
            || unit.getModifiers().contains(JavaModifier.PROTECTED));
  }
}
