package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the files of a directory their names in its archive, which are all UTF-8. A file whose own
 * name is not UTF-8 gets a name made from it, so that its content is not lost.
 */
public final class ArchiveNames {
  private final LeftOutFiles remarks = new LeftOutFiles();
  private final Set<String> made = new HashSet<>();

  /** Files' own names that look like names made here. */
  private final Set<String> given = new HashSet<>();

  /**
   * Makes the name in the archive for a name that is not UTF-8.
   *
   * @param folder folder of the archive for the file, with a slash at its end
   * @param name the name in the file system; slashes separate the names of folders
   */
  public String made(String folder, byte[] name) {
    var own = folder + Utf8Paths.shown(name);
    while (given.contains(own)) {
      own += "%";
    }
    if (made.add(own)) {
      remarks.add(own
          + " stands for a name that is not UTF-8; after each % there stands the number of a byte");
    }
    return own;
  }

  /** Says why a file cannot have its own name in the archive; empty if it can. */
  public Optional<String> refusal(String name) {
    if (name.indexOf('%') >= 0) {
      given.add(name);
    }
    return made.contains(name)
        ? Optional.of(name + ", as a file whose name is not UTF-8 has this name in the archive")
        : Optional.empty();
  }

  /** Lists the files that got another name, as text for humans. */
  public List<String> remarks() {
    return remarks.all();
  }
}
