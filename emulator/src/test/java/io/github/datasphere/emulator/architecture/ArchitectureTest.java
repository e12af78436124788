package io.github.datasphere.emulator.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.github.datasphere.emulator.architecture.EmulatorClasses.BASE;
import static io.github.datasphere.emulator.architecture.EmulatorClasses.relative;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom, of our own packages and of libraries. */
class ArchitectureTest {

  private static final String PROTO_PACKAGE = "io.github.datasphere.proto";

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    classes()
        .should(importOnlyWhatTheTableAllows())
        .because("data flows one way; the table is in CONTRIBUTING.md and PackageTable")
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .assignedFrom(onePerPackage())
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(EmulatorClasses.MAIN);
  }

  @Test
  void theDomainKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage(BASE + ".job..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(BASE + ".job..", "java..", "org.jspecify.annotations..")
        .allowEmptyShould(true)
        .because("job holds values and total functions")
        .check(EmulatorClasses.MAIN);
  }

  @ParameterizedTest
  @MethodSource
  void libraryIsUsedOnlyWhereItBelongs(String library, String[] users) {
    noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .because("only these packages know " + library + ": " + Arrays.toString(users))
        .check(EmulatorClasses.MAIN);
  }

  static Stream<Arguments> libraryIsUsedOnlyWhereItBelongs() {
    return Stream.of(
        confined("org.h2..", "store.h2.."),
        confined("org.jdbi..", "store.h2.."),
        confined("java.sql..", "store.h2.."),
        confined("com.github.dockerjava..", "docker..", "runner.docker.."),
        confined("com.fasterxml.jackson..", "docker.."),
        confined("org.apache.commons.compress..", "client.files..", "docker..", "runner.docker.."),
        confined("io.minio..", "files.minio.."),
        confined("okhttp3..", "files.minio.."),
        confined("picocli..", "cli.."),
        confined("org.bouncycastle..", "gateway.."),
        confined("org.yaml.snakeyaml..", "client..", "config.."),
        confined("com.sun.net.httpserver..", "face..", "http..", "record..", "replay.."),
        confined(
            "io.grpc..",
            "",
            "check..",
            "cli..",
            "client..",
            "control..",
            "face..",
            "grpc..",
            "gateway..",
            "record..",
            "replay..",
            "runner.scripted..",
            "server..",
            "session..",
            "testing..",
            "wiring.."),
        confined(
            "com.google.protobuf..",
            "",
            "check..",
            "client..",
            "control..",
            "face..",
            "grpc..",
            "record..",
            "replay..",
            "saved..",
            "session..",
            "testing..",
            "wiring.."),
        confined("java.util.logging..", "", "cli.."),
        confined("com.google.common..", "nowhere"),
        confined("com.google.gson..", "nowhere"),
        confined("javax.annotation..", "nowhere"));
  }

  private static Arguments confined(String library, String... users) {
    var packages = Arrays.stream(users)
        .map(user -> user.isEmpty() ? BASE : BASE + "." + user)
        .toArray(String[]::new);
    return Arguments.of(library, packages);
  }

  private static ArchCondition<JavaClass> importOnlyWhatTheTableAllows() {
    return new ArchCondition<>("import only what the table of packages allows") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        var part = PackageTable.partOf(relative(origin.getPackageName()));
        if (part.isEmpty()) {
          events.add(
              violated(origin, origin.getName() + " is in a package that is not in the table"));
          return;
        }
        for (var dependency : origin.getDirectDependenciesFromSelf()) {
          partOfTarget(dependency)
              .filter(target -> !PackageTable.allows(part.get(), target))
              .ifPresent(target -> events.add(violated(origin, dependency.getDescription())));
        }
      }
    };
  }

  private static Optional<String> partOfTarget(Dependency dependency) {
    var target = dependency.getTargetClass().getBaseComponentType().getPackageName();
    if (target.startsWith(PROTO_PACKAGE)) {
      return Optional.of(PackageTable.PROTO);
    }
    var ours = target.equals(BASE) || target.startsWith(BASE + ".");
    return ours ? PackageTable.partOf(relative(target)) : Optional.empty();
  }

  private static SliceAssignment onePerPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return SliceIdentifier.of(javaClass.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}
