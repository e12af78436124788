package io.github.datasphere.emulator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static io.github.datasphere.emulator.architecture.EmulatorClasses.BASE;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What our code does not do, whichever package it is in. */
class CodingRulesTest {

  /** Calls that read the machine's time or wait for it, as owner and method. */
  private static final Map<String, Set<String>> TIME = Map.of(
      "java.time.Instant", Set.of("now"),
      "java.time.LocalDate", Set.of("now"),
      "java.time.LocalDateTime", Set.of("now"),
      "java.time.OffsetDateTime", Set.of("now"),
      "java.time.ZonedDateTime", Set.of("now"),
      "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system", "tick"),
      "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
      "java.lang.Thread", Set.of("sleep", "onSpinWait"),
      "java.util.concurrent.TimeUnit", Set.of("sleep"));

  @Test
  void timeIsInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            BASE + ".cli..", BASE + ".server..", BASE + ".wiring..", BASE + ".world..")
        .should()
        .accessTargetWhere(
            describe("the machine's time is read or slept away", CodingRulesTest::usesTime))
        .orShould()
        .callConstructorWhere(targetOwner(JavaClass.Predicates.equivalentTo(java.util.Date.class)))
        .allowEmptyShould(true)
        .because("clock and scheduler are injected, so that a test can move time")
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void staticFieldsAreConstants() {
    fields()
        .that()
        .areStatic()
        .and(describe(
            "written by hand", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
        .should()
        .beFinal()
        .andShould(haveAnImmutableType())
        .allowEmptyShould(true)
        .because("two emulators in one JVM share nothing")
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void classInitialisersBuildNothingMutable() {
    noClasses()
        .should()
        .callConstructorWhere(describe(
            "a mutable collection is built for a static field",
            call ->
                call.getOrigin().getName().equals("<clinit>") && isMutable(call.getTargetOwner())))
        .allowEmptyShould(true)
        .because("two emulators in one JVM share nothing; use List.of, Map.of or a stream")
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void everyPackageStatesItsPurposeAndIsNullMarked() {
    classes().should(resideInANullMarkedPackage()).check(EmulatorClasses.MAIN);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true)
        .because("a library logs through slf4j; stdout belongs to the commands")
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void instanceFieldsAreNotPublic() {
    fields()
        .that()
        .areNotStatic()
        .should()
        .notBePublic()
        .allowEmptyShould(true)
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void reflectionIsNotNeeded() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.lang.reflect..", "sun.misc..", "jdk.internal.."))
        .allowEmptyShould(true)
        .because("parts are wired by constructor")
        .check(EmulatorClasses.MAIN);
  }

  /** Also by method reference, which is an access but no call. */
  private static boolean usesTime(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && TIME.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName())
        && target.getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(Clock.class));
  }

  private static ArchCondition<JavaField> haveAnImmutableType() {
    return new ArchCondition<>("have an immutable type") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        var type = field.getRawType();
        if (type.isArray() || isMutable(type)) {
          events.add(
              violated(field, field.getFullName() + " is of the mutable type " + type.getName()));
        }
      }
    };
  }

  private static boolean isMutable(JavaClass type) {
    var collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return (collection && !type.isInterface())
        || type.getPackageName().equals("java.util.concurrent.atomic")
        || type.getPackageName().equals("java.util.concurrent.locks")
        || type.isAssignableTo(ThreadLocal.class)
        || type.isAssignableTo(StringBuilder.class);
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package with a @NullMarked package-info") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(violated(
              javaClass, javaClass.getPackageName() + " lacks a @NullMarked package-info"));
        }
      }
    };
  }
}
