package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Tests of one JVM, in parallel too, share nothing through the extension. */
class StaticsTest {
  private static final Set<Class<?>> IMMUTABLE =
      Set.of(String.class, List.class, Set.class, Namespace.class, Navigation.class);

  @Test
  void staticFieldsAreConstants() throws Exception {
    var fields = new ArrayList<Field>();
    for (var type : classes()) {
      Arrays.stream(type.getDeclaredFields())
          .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
          .forEach(fields::add);
    }
    assertThat(fields).isNotEmpty().allMatch(StaticsTest::isConstant);
  }

  private static boolean isConstant(Field field) {
    var type = field.getType();
    return Modifier.isFinal(field.getModifiers())
        && (type.isPrimitive() || type.isEnum() || IMMUTABLE.contains(type));
  }

  /** Those of the main code, from where the build has put them. */
  private static List<Class<?>> classes() throws IOException, ReflectiveOperationException {
    var origin =
        DataSphereEmulatorExtension.class.getProtectionDomain().getCodeSource().getLocation();
    var root = Path.of(URI.create(origin.toString()));
    var classes = new ArrayList<Class<?>>();
    try (var files = Files.walk(root)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var name = root.relativize(file).toString().replace('/', '.');
        if (name.endsWith(".class")) {
          classes.add(Class.forName(
              name.substring(0, name.length() - ".class".length()),
              false,
              StaticsTest.class.getClassLoader()));
        }
      }
    }
    return classes;
  }
}
