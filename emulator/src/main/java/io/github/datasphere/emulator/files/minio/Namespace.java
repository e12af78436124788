package io.github.datasphere.emulator.files.minio;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The part of a bucket that is one emulator's: what others store there it neither counts as stored
 * nor deletes.
 *
 * @param name its first folders, without a slash at the end
 * @param temporary whether all of it goes when the emulator ends
 * @param isAbandoned of names of temporary ones, whether their owner is gone
 */
public record Namespace(String name, boolean temporary, Predicate<String> isAbandoned) {
  private static final String KEPT = "emulators/";
  private static final String TEMPORARY = "temporary/";
  private static final Pattern OWNER = Pattern.compile("[a-zA-Z0-9-]+");

  /** Of an emulator with a data directory, whose {@code id} is in there. */
  public static Namespace kept(String id) {
    return new Namespace(KEPT + checked(id), false, name -> false);
  }

  /** Of an emulator that leaves nothing. */
  public static Namespace temporary(String id, Predicate<String> isAbandoned) {
    return new Namespace(TEMPORARY + checked(id), true, isAbandoned);
  }

  /** Where all temporary ones are. */
  static String temporaries() {
    return TEMPORARY;
  }

  /** The id of a temporary one, from the name of its folder. */
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
