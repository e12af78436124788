package io.github.datasphere.emulator;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Every object that can be reached from another through fields of our classes. */
final class Reachable {
  private static final String OURS = "io.github.datasphere.";

  /** With the field through which each was found first. */
  private final Map<Object, String> found = new IdentityHashMap<>();

  private final Deque<Object> next = new ArrayDeque<>();

  private final Set<String> without;

  private Reachable(Set<String> without) {
    this.without = without;
  }

  /**
   * From this one on.
   *
   * @param without fields that are not followed, such as {@code World.base}
   */
  static Map<Object, String> from(Object root, Set<String> without) throws IllegalAccessException {
    var reachable = new Reachable(without);
    reachable.add(root, "");
    while (!reachable.next.isEmpty()) {
      reachable.look(reachable.next.remove());
    }
    return reachable.found;
  }

  /** What can hold state, other than by being exchanged for another value. */
  static boolean isMutable(Object object) {
    var type = object.getClass();
    if (isContainer(object)) {
      return !type.getName().startsWith("java.util.ImmutableCollections");
    }
    return isOurs(type)
        && !type.isHidden()
        && !type.isRecord()
        && !(object instanceof Enum<?>)
        && hasStateOfItsOwn(type);
  }

  private static boolean hasStateOfItsOwn(Class<?> type) {
    for (var field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isContainer(Object object) {
    return object instanceof Collection<?>
        || object instanceof Map<?, ?>
        || object instanceof AtomicReference<?>
        || object instanceof Number && object.getClass().getName().contains(".atomic.")
        || object instanceof Executor && object.getClass().getName().startsWith("java.");
  }

  private void look(Object object) throws IllegalAccessException {
    var where = found.get(object);
    if (object instanceof Collection<?> elements) {
      elements.forEach(element -> add(element, where + "[]"));
    } else if (object instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        add(key, where + "[]");
        add(value, where + "[]");
      });
    } else if (object instanceof AtomicReference<?> reference) {
      add(reference.get(), where + "[]");
    } else if (object instanceof Object[] array) {
      for (int i = 0; i < Array.getLength(array); i++) {
        add(array[i], where + "[]");
      }
    } else {
      for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
        for (var field : type.getDeclaredFields()) {
          look(object, field);
        }
      }
    }
  }

  private void look(Object owner, Field field) throws IllegalAccessException {
    if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
      field.setAccessible(true);
      var type = field.getDeclaringClass();
      // What a lambda has caught belongs to nobody by name
      var name = type.isHidden()
          ? found.get(owner) + ".."
          : type.getName().substring(type.getName().lastIndexOf('.') + 1) + "." + field.getName();
      add(field.get(owner), name);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type != null
        && type.getName().startsWith(OURS)
        && !type.getName().startsWith(OURS + "proto.");
  }

  private void add(Object object, String where) {
    if (object != null
        && !without.contains(where)
        && !(object instanceof Class<?>)
        && found.putIfAbsent(object, where) == null) {
      next.add(object);
    }
  }
}
