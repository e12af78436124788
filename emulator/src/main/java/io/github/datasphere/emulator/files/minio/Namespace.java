package io.github.datasphere.emulator.files.minio;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The part of a bucket that belongs to one emulator. It ignores the objects of others there, and
 * does not delete them.
 *
 * @param name its first folders, without a slash at the end
 * @param temporary whether all of it is deleted when the emulator ends
 * @param isAbandoned tells from the name of a temporary namespace whether its owner is gone
 */
public record Namespace(String name, boolean temporary, Predicate<String> isAbandoned) {
  private static final String KEPT = "emulators/";
  private static final String TEMPORARY = "temporary/";
  private static final Pattern OWNER = Pattern.compile("[a-zA-Z0-9-]+");

  /**
   * Returns the namespace of an emulator with a data directory, in which its {@code id} is kept.
   */
  public static Namespace kept(String id) {
    return new Namespace(KEPT + checked(id), false, name -> false);
  }

  /** Returns the namespace of an emulator that leaves nothing behind. */
  public static Namespace temporary(String id, Predicate<String> isAbandoned) {
    return new Namespace(TEMPORARY + checked(id), true, isAbandoned);
  }

  /** Returns the folder of all temporary namespaces. */
  static String temporaries() {
    return TEMPORARY;
  }

  /** Returns the id of a temporary namespace from the name of its folder. */
  static Optional<String> temporaryId(String folder) {
    return folder.startsWith(TEMPORARY) && folder.endsWith("/")
        ? Optional.of(folder.substring(TEMPORARY.length(), folder.length() - 1))
        : Optional.empty();
  }

  private static String checked(String id) {
    if (!OWNER.matcher(id).matches()) {
      throw new IllegalArgumentException("\"" + id + "\" is no name of an owner");
    }
    return id;
  }
}
