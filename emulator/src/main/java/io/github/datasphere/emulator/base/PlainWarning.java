package io.github.datasphere.emulator.base;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;

/**
 * Tells of a failure that has to be expected, of a disk, a storage or a container engine: one
 * sentence for whoever reads the console. Where in the program it was met helps nobody there; who
 * looks closer finds it at level debug.
 */
public final class PlainWarning {
  private PlainWarning() {}

  /**
   * Warns of it.
   *
   * @param sentence what could not be done, without its end; each {@code {}} stands for an argument
   */
  public static void tell(Logger log, Throwable failure, String sentence, Object... arguments) {
    log.warn(sentence + ": {}", and(arguments, words(failure)));
    log.debug(sentence, and(arguments, failure));
  }

  /** What it says of itself; the message alone often is no more than a path. */
  public static String words(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return words(unchecked.getCause());
    }
    if (failure instanceof FileSystemException named && named.getFile() != null) {
      var words = PathTrouble.words(Path.of(named.getFile()), named);
      return words.startsWith(named.getFile()) ? words : named.getFile() + ": " + words;
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static Object[] and(Object[] arguments, Object last) {
    var all = Arrays.copyOf(arguments, arguments.length + 1, Object[].class);
    all[arguments.length] = last;
    return all;
  }
}
