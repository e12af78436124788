package io.github.datasphere.emulator.store.h2.payload;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of any record with something in every component, so that a component that a later
 * change adds is tested without being named.
 */
record AnyValue(Random random, boolean withNulls) {
  <T> T of(Class<T> type) throws ReflectiveOperationException {
    return type.cast(raw(type));
  }

  private Object annotated(AnnotatedType type) throws ReflectiveOperationException {
    if (withNulls && type.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
      return null;
    }
    if (type.getType() instanceof ParameterizedType generic) {
      return collection(
          (Class<?>) generic.getRawType(),
          ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments());
    }
    return raw((Class<?>) type.getType());
  }

  private Object collection(Class<?> type, AnnotatedType[] arguments)
      throws ReflectiveOperationException {
    int size = withNulls ? random.nextInt(4) : 3;
    if (type.getSimpleName().equals("List")) {
      var list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(annotated(arguments[0]));
      }
      return list;
    }
    if (type.getSimpleName().equals("Map")) {
      var map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(annotated(arguments[0]), annotated(arguments[1]));
      }
      return map;
    }
    throw new AssertionError("no values known for " + type);
  }

  private Object raw(Class<?> type) throws ReflectiveOperationException {
    if (type.isSealed()) {
      var members = type.getPermittedSubclasses();
      return raw(members[random.nextInt(members.length)]);
    }
    if (type.isEnum()) {
      var constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return type.isRecord() ? record(type) : simple(type);
  }

  private Object record(Class<?> type) throws ReflectiveOperationException {
    var components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = annotated(components[i].getAnnotatedType());
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private Object simple(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String" ->
        withNulls && random.nextInt(4) == 0 ? "" : "text щ😀\u0000" + random.nextInt();
      case "long" -> random.nextLong();
      case "int" -> random.nextInt();
      case "boolean" -> !withNulls || random.nextBoolean();
      case "Instant" ->
        Instant.ofEpochSecond(random.nextInt() * 1000L, random.nextInt(1_000_000_000));
      case "Duration" -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
      default -> throw new AssertionError("no values known for " + type);
    };
  }
}
