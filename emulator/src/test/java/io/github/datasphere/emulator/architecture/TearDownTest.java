package io.github.datasphere.emulator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A set-up that was skipped, since this machine lacks what the test needs, leaves fields empty: the
 * tear-down that follows must bear that, else a skipped test is told as a failed one.
 */
class TearDownTest {
  private static final Set<String> TEAR_DOWNS = Set.of("AfterEach", "AfterAll");

  @TempDir
  Path folder;

  @Test
  void everyTearDownOfAnIntegrationTestBearsThatItsSetUpWasSkipped() throws Exception {
    var failures = new ArrayList<String>();
    int called = 0;
    // Their static fields are those of running tests where the loader is
    try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      for (var name : integrationTests()) {
        var type = loader.loadClass(name);
        for (var tearDown : tearDowns(type)) {
          called++;
          failure(type, tearDown).ifPresent(failures::add);
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(called).isGreaterThan(10);
  }

  private Optional<String> failure(Class<?> type, Method tearDown) throws Exception {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    var test = constructor.newInstance();
    for (var field : fields(type)) {
      if (has(field, "TempDir")) {
        field.setAccessible(true);
        field.set(test, folder);
      }
    }
    tearDown.setAccessible(true);
    try {
      tearDown.invoke(test);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(type.getSimpleName() + "." + tearDown.getName() + ": " + e.getCause());
    }
  }

  private static List<Method> tearDowns(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return List.of();
    }
    return hierarchy(type)
        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
        .filter(method -> TEAR_DOWNS.stream().anyMatch(name -> has(method, name)))
        .toList();
  }

  private static List<Field> fields(Class<?> type) {
    return hierarchy(type).flatMap(each -> Stream.of(each.getDeclaredFields())).toList();
  }

  private static Stream<Class<?>> hierarchy(Class<?> type) {
    return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass);
  }

  /** By name: it is the annotation of another loader. */
  private static boolean has(AnnotatedElement element, String annotation) {
    return Stream.of(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals(annotation));
  }

  private static URL[] classPath() throws MalformedURLException {
    var urls = new ArrayList<URL>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static List<String> integrationTests() throws IOException {
    var root = Path.of("target", "test-classes");
    try (var files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith("IT.class"))
          .map(file -> file.replace(File.separatorChar, '.').replaceFirst("\\.class$", ""))
          .toList();
    }
  }
}
