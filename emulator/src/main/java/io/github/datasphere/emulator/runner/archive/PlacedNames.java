package io.github.datasphere.emulator.runner.archive;

import java.util.HashSet;
import java.util.Set;

/** Knows the files and directories that will be made, so that no name stands for both. */
public final class PlacedNames {
  /** The names of a hundred thousand folders, each of which is in memory. */
  private static final long MOST_CHARACTERS = 8L << 20;

  private final Set<String> files = new HashSet<>();
  private final Set<String> directories = new HashSet<>();
  private long characters;

  /** Begins with the top directory, whose name is empty. */
  public PlacedNames() {
    directories.add("");
  }

  /**
   * Notes a file or directory and the directories above it.
   *
   * @param name relative, normalised
   * @return false if that name, or one on the way to it, is something else already
   */
  public boolean add(String name, boolean isDirectory) {
    if (isDirectory) {
      return addDirectory(name);
    }
    files.add(name);
    return !directories.contains(name) && addDirectory(parent(name));
  }

  /** Whether there are more folders than memory should be spent on. */
  public boolean isTooMuch() {
    return characters > MOST_CHARACTERS;
  }

  private boolean addDirectory(String name) {
    for (var at = name; !files.contains(at); at = parent(at)) {
      if (!directories.add(at)) {
        return true;
      }
      characters += at.length();
    }
    return false;
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }
}
