package io.github.datasphere.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which parameters of a parameterised test its own sources may fill. JUnit tells nobody how many
 * arguments there are; but they come first, and only some sources can give a channel or a stub.
 * Known by name, since {@code junit-jupiter-params} need not be on the class path.
 */
final class GivenArguments {
  private static final String PARAMS = "org.junit.jupiter.params.";
  private static final String PROVIDERS = PARAMS + "provider.";

  private static final Set<String> PARAMETERISED =
      Set.of(PARAMS + "ParameterizedTest", PARAMS + "ParameterizedClass");

  /** They fill the first parameter alone. */
  private static final Set<String> OF_ONE_VALUE = Set.of(
      PROVIDERS + "ValueSource",
      PROVIDERS + "ValueSources",
      PROVIDERS + "EnumSource",
      PROVIDERS + "EnumSources",
      PROVIDERS + "NullSource",
      PROVIDERS + "EmptySource",
      PROVIDERS + "NullAndEmptySource");

  /** They give texts, of which JUnit makes neither a channel nor a stub. */
  private static final Set<String> OF_TEXTS = Set.of(
      PROVIDERS + "CsvSource",
      PROVIDERS + "CsvSources",
      PROVIDERS + "CsvFileSource",
      PROVIDERS + "CsvFileSources");

  private GivenArguments() {}

  /** Whether this may be an argument of a parameterised test, and so is not for the emulator. */
  static boolean mayFill(Parameter parameter) {
    var element = sourced(parameter.getDeclaringExecutable());
    var annotations = new HashSet<String>();
    collect(element, annotations);
    if (annotations.stream().noneMatch(PARAMETERISED::contains)) {
      return false;
    }
    var sources = annotations.stream().filter(GivenArguments::isSource).toList();
    if (sources.stream().allMatch(OF_TEXTS::contains)) {
      return false;
    }
    return index(parameter) == 0
        || !sources.stream()
            .allMatch(source -> OF_ONE_VALUE.contains(source) || OF_TEXTS.contains(source));
  }

  /** Where the sources stand. */
  private static AnnotatedElement sourced(Executable executable) {
    return executable instanceof Method ? executable : executable.getDeclaringClass();
  }

  private static boolean isSource(String annotation) {
    return annotation.startsWith(PROVIDERS);
  }

  private static int index(Parameter parameter) {
    return Arrays.asList(parameter.getDeclaringExecutable().getParameters()).indexOf(parameter);
  }

  /** Annotations with those that they are made of, except for what a known source is made of. */
  private static void collect(AnnotatedElement element, Set<String> found) {
    for (var annotation : element.getAnnotations()) {
      var type = type(annotation);
      var name = type.getName();
      var isKnown = OF_ONE_VALUE.contains(name) || OF_TEXTS.contains(name);
      if (!name.startsWith("java.") && found.add(name) && !isKnown) {
        collect(type, found);
      }
    }
  }

  private static Class<? extends Annotation> type(Annotation annotation) {
    return annotation.annotationType();
  }
}
