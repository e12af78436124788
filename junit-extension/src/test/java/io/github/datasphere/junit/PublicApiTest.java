package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What test authors meet: the root, this module, the generated classes, and the few types that the
 * root hands out. None of their signatures shows a type of the inside.
 */
class PublicApiTest {
  private static final String OURS = "io.github.datasphere.";
  private static final String ROOT = "io.github.datasphere.emulator";
  private static final String PROTO = "io.github.datasphere.proto.";

  /** What the root takes and hands out, relative to it; each stands beside what it works with. */
  private static final Set<String> HANDED_OUT = Set.of(
      "check.CheckReport",
      "config.AccessConfig",
      "config.AccountConfig",
      "config.Capacity",
      "config.EmulatorConfig",
      "config.Fit",
      "config.ImagesConfig",
      "config.JobsConfig",
      "config.LogLevel",
      "config.MinioConfig",
      "config.MissingOutputs",
      "config.NetworkConfig",
      "config.OwnInstanceType",
      "config.ProjectsConfig",
      "config.PullPolicy",
      "config.ResourcesConfig",
      "config.RunnerKind",
      "config.SizingConfig",
      "config.StorageConfig",
      "config.StorageKind",
      "config.SwarmConfig",
      "config.UrlLifetimes",
      "config.WhenFull",
      "config.reading.ByteSize",
      "config.reading.Secret",
      "http.HttpPorts",
      "runner.scripted.Gate",
      "runner.scripted.JobView",
      "runner.scripted.Script",
      "runner.scripted.ScriptAction",
      "runner.scripted.ScriptBook$Stub",
      "runner.scripted.ScriptedJob",
      "session.match.Difference",
      "testing.CallCourse",
      "testing.CallCourse$Sent",
      "testing.Fault",
      "testing.Faults",
      "testing.Journal",
      "testing.Journal$Change",
      "testing.ManualClock",
      "testing.RecordedCall",
      "testing.Timeline",
      "time.Scheduler",
      "wiring.DirectUploads");

  @Test
  void signaturesShowNoTypeOfTheInside() throws Exception {
    var shown = new TreeSet<String>();
    for (var type : api()) {
      for (var member : members(type)) {
        for (var used : types(member)) {
          if (!isApi(used)) {
            shown.add(type.getName() + ": " + member + " shows " + used.getName());
          }
        }
      }
    }
    assertThat(shown).as("what a test author cannot name or build").isEmpty();
  }

  @Test
  void nothingIsListedThatIsNotHandedOut() throws Exception {
    var reached = new TreeSet<String>();
    for (var type : api()) {
      members(type).stream()
          .flatMap(member -> types(member).stream())
          .filter(used -> !used.equals(type))
          .forEach(used -> reached.add(relative(used)));
    }
    assertThat(HANDED_OUT).isSubsetOf(reached);
  }

  private static List<Class<?>> api() throws IOException, URISyntaxException {
    var all = new ArrayList<Class<?>>();
    for (var neighbour : List.of(Emulator.class, DataSphereEmulator.class)) {
      var home =
          Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
      var folder = neighbour.getPackageName().replace('.', '/');
      if (Files.isDirectory(home)) {
        all.addAll(openTypes(home.resolve(folder), neighbour.getPackageName()));
      } else {
        try (var jar = FileSystems.newFileSystem(home)) {
          all.addAll(openTypes(jar.getPath(folder), neighbour.getPackageName()));
        }
      }
    }
    HANDED_OUT.forEach(name -> all.addAll(withNested(named(ROOT + "." + name))));
    return all;
  }

  private static List<Class<?>> openTypes(Path folder, String room) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .<Class<?>>map(name -> named(room + "." + name.replace(".class", "")))
          .filter(PublicApiTest::isOpen)
          .toList();
    }
  }

  private static List<Class<?>> withNested(Class<?> type) {
    return Stream.concat(
            Stream.of(type), Arrays.stream(type.getDeclaredClasses()).filter(PublicApiTest::isOpen))
        .toList();
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, PublicApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("HANDED_OUT names what is no class: " + name, e);
    }
  }

  /** Whether code outside of its package can name it. */
  private static boolean isOpen(Class<?> type) {
    var enclosing = type.getEnclosingClass();
    return isOpen(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (enclosing == null || isOpen(enclosing));
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isApi(Class<?> type) {
    if (!type.getName().startsWith(OURS) || type.getName().startsWith(PROTO)) {
      return true;
    }
    var outermost = type.getName().replaceFirst("\\$.*", "");
    return isOpen(type)
        && (type.getPackageName().equals(ROOT)
            || type.getPackageName().equals("io.github.datasphere.junit")
            || HANDED_OUT.contains(relative(type))
            || HANDED_OUT.contains(
                outermost.substring(Math.min(ROOT.length() + 1, outermost.length()))));
  }

  private static String relative(Class<?> type) {
    return type.getName().startsWith(ROOT + ".")
        ? type.getName().substring(ROOT.length() + 1)
        : type.getName();
  }

  /** Returns the type itself, for what it extends, and its members that others can use. */
  private static List<AnnotatedElement> members(Class<?> type) {
    var members = new ArrayList<AnnotatedElement>(List.of(type));
    Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
        .flatMap(Arrays::stream)
        .filter(member -> isOpen(((Member) member).getModifiers()))
        .filter(member -> !((Member) member).isSynthetic())
        .forEach(members::add);
    return members;
  }

  private static Set<Class<?>> types(AnnotatedElement member) {
    var types = new LinkedHashSet<Class<?>>();
    Arrays.stream(member.getAnnotations()).map(Annotation::annotationType).forEach(types::add);
    if (member instanceof Class<?> type) {
      add(type.getGenericSuperclass(), types);
      addAll(type.getGenericInterfaces(), types);
      addBounds(type.getTypeParameters(), types);
    } else if (member instanceof Field field) {
      add(field.getGenericType(), types);
    } else if (member instanceof Executable code) {
      addAll(code.getGenericParameterTypes(), types);
      addAll(code.getGenericExceptionTypes(), types);
      addBounds(code.getTypeParameters(), types);
      for (var annotations : code.getParameterAnnotations()) {
        Arrays.stream(annotations).map(Annotation::annotationType).forEach(types::add);
      }
      if (code instanceof Method method) {
        add(method.getGenericReturnType(), types);
      }
    }
    return types;
  }

  private static void addBounds(TypeVariable<?>[] parameters, Set<Class<?>> types) {
    Arrays.stream(parameters).forEach(parameter -> addAll(parameter.getBounds(), types));
  }

  private static void addAll(Type[] some, Set<Class<?>> types) {
    Arrays.stream(some).forEach(type -> add(type, types));
  }

  private static void add(Type type, Set<Class<?>> types) {
    if (type instanceof Class<?> plain) {
      types.add(plain.isArray() ? elementOf(plain) : plain);
    } else if (type instanceof ParameterizedType generic) {
      add(generic.getRawType(), types);
      addAll(generic.getActualTypeArguments(), types);
    } else if (type instanceof WildcardType wildcard) {
      addAll(wildcard.getUpperBounds(), types);
      addAll(wildcard.getLowerBounds(), types);
    } else if (type instanceof GenericArrayType array) {
      add(array.getGenericComponentType(), types);
    }
  }

  private static Class<?> elementOf(Class<?> array) {
    return array.getComponentType().isArray()
        ? elementOf(array.getComponentType())
        : array.getComponentType();
  }
}
