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
 * Finds out which parameters of a parameterised test its own sources may fill. JUnit does not tell
 * an extension how many arguments there are. But arguments come first, and only some sources can
 * provide a channel or a stub. The sources are known by name, since {@code junit-jupiter-params}
 * need not be on the class path.
 */
final class GivenArguments {
  private static final String PARAMS = "org.junit.jupiter.params.";
  private static final String PROVIDERS = PARAMS + "provider.";

  private static final Set<String> PARAMETERISED =
      Set.of(PARAMS + "ParameterizedTest", PARAMS + "ParameterizedClass");

  /** Sources that fill only the first parameter. */
  private static final Set<String> OF_ONE_VALUE = Set.of(
      PROVIDERS + "ValueSource",
      PROVIDERS + "ValueSources",
      PROVIDERS + "EnumSource",
      PROVIDERS + "EnumSources",
      PROVIDERS + "NullSource",
      PROVIDERS + "EmptySource",
      PROVIDERS + "NullAndEmptySource");

  /** Sources that provide texts, from which JUnit can make neither a channel nor a stub. */
  private static final Set<String> OF_TEXTS = Set.of(
      PROVIDERS + "CsvSource",
      PROVIDERS + "CsvSources",
      PROVIDERS + "CsvFileSource",
      PROVIDERS + "CsvFileSources");

  private GivenArguments() {}

  /**
   * Whether this may be an argument of a parameterised test; then the emulator must not provide it.
   */
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

  /** Returns the element that has the annotations of the sources. */
  private static AnnotatedElement sourced(Executable executable) {
    return executable instanceof Method ? executable : executable.getDeclaringClass();
  }

  private static boolean isSource(String annotation) {
    return annotation.startsWith(PROVIDERS);
  }

  private static int index(Parameter parameter) {
    return Arrays.asList(parameter.getDeclaringExecutable().getParameters()).indexOf(parameter);
  }

  /**
   * Collects annotations and the annotations that they consist of, but not those of a known source.
   */
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
