package io.github.datasphere.emulator;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Starts emulators in a JVM of its own, each on a class path that lacks a class; prints what each
 * start was told, and what it has left behind.
 */
final class FailedStarts {
  private static final long PATIENCE_SECONDS = 60;
  private static final Path SOCKETS = Path.of("/proc/self/fd");

  private FailedStarts() {}

  /** The arguments are the beginnings of the names of what is missing in turn. */
  public static void main(String[] missing) throws Exception {
    // A whole one first: what the JVM itself begins with it stays
    System.out.println("all told " + start(List.of()));
    for (var prefix : missing) {
      var before = seen();
      var told = start(List.of(prefix));
      System.out.println(prefix + " told " + told);
      System.out.println(prefix + " left " + left(before));
    }
  }

  private static String start(List<String> missing) throws Exception {
    try (var loader = new Without(missing)) {
      var config = loader.loadClass("io.github.datasphere.emulator.config.EmulatorConfig");
      var emulator = loader.loadClass("io.github.datasphere.emulator.Emulator");
      var start = emulator.getMethod("start", config);
      var started =
          (AutoCloseable) start.invoke(null, config.getMethod("onFreePorts").invoke(null));
      started.close();
      return "nothing";
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause()).replace('\n', ' ');
    }
  }

  private static String left(TreeSet<String> before) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      var more = seen();
      more.removeAll(before);
      if (more.isEmpty() || System.nanoTime() > end) {
        return more.toString();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Threads, sockets and temporary files that there are. */
  private static TreeSet<String> seen() {
    var seen = new TreeSet<String>();
    Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .forEach(thread -> seen.add("thread " + thread.getId() + " " + thread.getName()));
    entries(SOCKETS)
        .map(FailedStarts::target)
        .filter(target -> target.startsWith("socket:"))
        .forEach(seen::add);
    entries(Path.of(System.getProperty("java.io.tmpdir"))).forEach(file -> seen.add("" + file));
    return seen;
  }

  private static Stream<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return new ArrayList<>(entries.toList()).stream();
    } catch (IOException none) {
      return Stream.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /** The class path of this JVM, but for some classes. */
  private static final class Without extends URLClassLoader {
    private final List<String> missing;

    Without(List<String> missing) {
      super(urls(), ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (missing.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    @Override
    public URL getResource(String name) {
      var type = name.replace('/', '.');
      return missing.stream().anyMatch(type::startsWith) ? null : super.getResource(name);
    }

    private static URL[] urls() {
      return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
          .map(entry -> Objects.requireNonNull(url(entry)))
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (IOException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
