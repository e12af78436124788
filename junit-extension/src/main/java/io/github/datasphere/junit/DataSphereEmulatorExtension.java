package io.github.datasphere.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Starts emulators for tests and ends them; registered by {@link DataSphereEmulator}, or in a field
 * of the test class if it needs settings that an annotation cannot hold:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final DataSphereEmulatorExtension EMULATOR =
 *     DataSphereEmulatorExtension.builder().transport(Transport.TCP).strict().build();
 * }</pre>
 */
public final class DataSphereEmulatorExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(DataSphereEmulatorExtension.class);

  private static final String GIVEN = "its type Emulator, ManagedChannel or a stub of the API such"
      + " as ProjectJobServiceGrpc.ProjectJobServiceBlockingStub";

  private final @Nullable Settings registered;

  /** Called by JUnit if a class has {@link DataSphereEmulator}. */
  public DataSphereEmulatorExtension() {
    this.registered = null;
  }

  DataSphereEmulatorExtension(Settings settings) {
    this.registered = settings;
  }

  /** Makes an extension that a test registers in a field. */
  public static ExtensionBuilder builder() {
    return new ExtensionBuilder();
  }

  /** With this, constructors also belong to their test, from JUnit 5.12 on. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    if (!isOurs(parameter, context)) {
      return false;
    }
    refuseTwo(context, parameter.getParameter());
    return true;
  }

  private boolean isOurs(ParameterContext parameter, ExtensionContext context) {
    var canGive = TestWorld.canGive(parameter.getParameter().getType());
    if (parameter.isAnnotated(FromEmulator.class)) {
      if (!canGive) {
        throw new ParameterResolutionException(
            "@FromEmulator cannot give " + parameter.getParameter() + " of "
                + parameter.getDeclaringExecutable() + ": " + GIVEN);
      }
      return true;
    }
    return canGive
        && !settings(context).onlyAnnotated()
        && !GivenArguments.mayFill(parameter.getParameter());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty() && !settings(context).isShared()) {
      throw new ParameterResolutionException(
          parameter.getDeclaringExecutable() + " runs for no single test here, but each test has an"
              + " emulator of its own: take it as a parameter of @Test or @BeforeEach methods or in"
              + " a @FromEmulator field, or let the class share one with lifetime = CLASS");
    }
    return world(context).give(parameter.getParameter().getType());
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    if (settings(context).isShared()) {
      refuseConcurrency(context);
      world(context).enter(context.getUniqueId());
    }
    registrations(context).add(this);
    for (var instance : context.getRequiredTestInstances().getAllInstances()) {
      for (var field : fields(instance.getClass())) {
        refuseTwo(context, field);
        field.set(instance, world(context).give(field.getType()));
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var world = existing(context);
    if (world.isEmpty()) {
      return;
    }
    world.get().leave(context.getUniqueId());
    if (!world.get().emulator().isOpen()) {
      // If the test has closed its emulator, there is nothing left to check
      return;
    }
    var failure = context.getExecutionException();
    if (failure.isPresent()) {
      FailureReport.print(context, world.get().emulator());
    } else if (world.get().settings().strict()) {
      StrictMode.check(context, world.get().emulator());
    }
  }

  private TestWorld world(ExtensionContext context) {
    var owner = owner(context);
    return owner
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            key(owner),
            key -> new TestWorld(settings(context), RunPorts.of(context), owner.getDisplayName()),
            TestWorld.class);
  }

  private Optional<TestWorld> existing(ExtensionContext context) {
    var owner = owner(context);
    return Optional.ofNullable(owner.getStore(NAMESPACE).get(key(owner), TestWorld.class));
  }

  /**
   * Makes a key for each registration and owner: two registrations in one class have two emulators,
   * and a store also looks into its parents.
   */
  private String key(ExtensionContext owner) {
    return owner.getUniqueId() + (registered == null ? "" : "@" + System.identityHashCode(this));
  }

  /** Returns the context whose end is the end of the emulator. */
  private ExtensionContext owner(ExtensionContext context) {
    if (!settings(context).isShared()) {
      return context;
    }
    var owner = context;
    for (var next = Optional.of(context); next.isPresent(); next = next.get().getParent()) {
      if (next.get().getTestClass().isPresent()) {
        owner = next.get();
      }
    }
    return owner;
  }

  private Settings settings(ExtensionContext context) {
    if (registered != null) {
      return registered;
    }
    for (Class<?> type = context.getRequiredTestClass();
        type != null;
        type = type.getEnclosingClass()) {
      var annotation = type.getAnnotation(DataSphereEmulator.class);
      if (annotation != null) {
        return Settings.of(annotation);
      }
    }
    return Settings.defaults();
  }

  /** Refuses if there are two registrations, since it cannot be known which one is meant. */
  private static void refuseTwo(ExtensionContext context, Object wish) {
    if (registrations(context).size() > 1) {
      throw new ExtensionConfigurationException("the emulator for " + wish
          + " may be that of either of two registrations, such as @DataSphereEmulator and a"
          + " @RegisterExtension field, of the class or of one around it: keep one, or make the other"
          + " by Emulator.inProcess()");
    }
  }

  /** Returns the registrations that this test has met so far. */
  @SuppressWarnings("unchecked")
  private static Set<Object> registrations(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "registrations of " + context.getUniqueId(),
            key -> ConcurrentHashMap.<Object>newKeySet(),
            Set.class);
  }

  private static void refuseConcurrency(ExtensionContext context) {
    var parallel = context
        .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
        .map(Boolean::parseBoolean)
        .orElse(false);
    if (parallel && context.getExecutionMode() == ExecutionMode.CONCURRENT) {
      throw TestWorld.concurrent(
          "The tests of " + context.getRequiredTestClass().getName());
    }
  }

  private static List<Field> fields(Class<?> type) {
    var fields = new ArrayList<Field>();
    for (var next = type; next != null; next = next.getSuperclass()) {
      for (var field : next.getDeclaredFields()) {
        if (field.isAnnotationPresent(FromEmulator.class)) {
          fields.add(usable(field));
        }
      }
    }
    return fields;
  }

  private static Field usable(Field field) {
    if (!TestWorld.canGive(field.getType())
        || Modifier.isStatic(field.getModifiers())
        || Modifier.isFinal(field.getModifiers())) {
      throw new ExtensionConfigurationException("@FromEmulator cannot set " + field
          + ": it has to be neither static nor final, and " + GIVEN);
    }
    field.setAccessible(true);
    return field;
  }
}
