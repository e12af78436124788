package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the files of a directory bear in its archive, where all is UTF-8. A file whose own
 * name is not gets one made of it, so that its content is not lost.
 */
public final class ArchiveNames {
  private final Refusals remarks = new Refusals();
  private final Set<String> made = new HashSet<>();

  /** Of the own names those that could be made ones. */
  private final Set<String> given = new HashSet<>();

  /**
   * The name in the archive for a name that is not UTF-8.
   *
   * @param folder of the archive that it belongs into, with a slash at its end
   * @param name as the file system has it; slashes part the names of folders
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

  /** Why a file cannot have its own name in the archive; empty if it can. */
  public Optional<String> refusal(String name) {
    if (name.indexOf('%') >= 0) {
      given.add(name);
    }
    return made.contains(name)
        ? Optional.of(name + ", as a file whose name is not UTF-8 has this name in the archive")
        : Optional.empty();
  }

  /** What bears another name, as text for humans. */
  public List<String> remarks() {
    return remarks.all();
  }
}
