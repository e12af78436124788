package io.github.datasphere.emulator.base;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;

/**
 * Logs an expected failure, of a disk, a storage or a container engine, as one sentence for the
 * reader of the console. The stack trace would not help that reader; it is logged at level debug.
 */
public final class PlainWarning {
  private PlainWarning() {}

  /**
   * Logs a warning.
   *
   * @param sentence what could not be done, without a full stop; each {@code {}} stands for an
   *     argument
   */
  public static void tell(Logger log, Throwable failure, String sentence, Object... arguments) {
    log.warn(sentence + ": {}", and(arguments, words(failure)));
    log.debug(sentence, and(arguments, failure));
  }

  /** Words the failure, since its message alone often is only a path. */
  public static String words(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return words(unchecked.getCause());
    }
    if (failure instanceof FileSystemException named && named.getFile() != null) {
      var words = PathErrors.words(Path.of(named.getFile()), named);
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
