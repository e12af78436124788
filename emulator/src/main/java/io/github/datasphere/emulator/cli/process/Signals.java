package io.github.datasphere.emulator.cli.process;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Listens to signals for as long as it is open. Shutdown hooks would not do: they neither know
 * which signal came nor hear of a second one.
 *
 * <p>{@code sun.misc.Signal} is the only way. It is called through method handles, since javac
 * warns of its name even if that is suppressed, and warnings are errors here.
 */
public final class Signals implements AutoCloseable {
  private final Deque<Runnable> restore = new ArrayDeque<>();

  private Signals() {}

  /**
   * Listens until closed.
   *
   * @param names names without {@code SIG}; those that this system does not have are left out
   * @param listener receives the name on a thread of its own
   */
  public static Signals listen(List<String> names, Consumer<String> listener) {
    var signals = new Signals();
    for (var name : names) {
      try {
        signals.add(name, listener);
      } catch (IllegalArgumentException e) {
        // This system does not have the signal, or the virtual machine uses it itself
      }
    }
    return signals;
  }

  /**
   * Sends this process a signal, without a program that would have to be on the PATH.
   *
   * @param name without {@code SIG}
   */
  public static void raise(String name) {
    try {
      var lookup = MethodHandles.publicLookup();
      var type = Class.forName("sun.misc.Signal");
      var signal =
          lookup.findConstructor(type, methodType(void.class, String.class)).invoke(name);
      lookup.findStatic(type, "raise", methodType(void.class, type)).invoke(signal);
    } catch (Throwable e) {
      throw new IllegalStateException("this Java does not let programs send signals", e);
    }
  }

  private void add(String name, Consumer<String> listener) {
    try {
      var lookup = MethodHandles.publicLookup();
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var signal = lookup.findConstructor(signalType, methodType(void.class, String.class));
      var handle =
          lookup.findStatic(signalType, "handle", methodType(handlerType, signalType, handlerType));
      var tell = MethodHandles.dropArguments(
          MethodHandles.lookup()
              .findVirtual(Consumer.class, "accept", methodType(void.class, Object.class))
              .bindTo(listener)
              .bindTo(name),
          0,
          signalType);
      var instance = signal.invoke(name);
      var before =
          handle.invoke(instance, MethodHandleProxies.asInterfaceInstance(handlerType, tell));
      restore.push(() -> put(handle, instance, before));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("this Java does not let programs listen to signals", e);
    }
  }

  private static void put(MethodHandle handle, Object signal, Object handler) {
    try {
      handle.invoke(signal, handler);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot restore the handler of " + signal, e);
    }
  }

  @Override
  public void close() {
    while (!restore.isEmpty()) {
      restore.pop().run();
    }
  }
}
