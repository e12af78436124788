package io.github.datasphere.emulator.files.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of the content of stored files. A file that this process stored is sound, and so is
 * one that was read to its end and had its digest; both until it is changed again.
 */
final class Soundness {
  /** Of those that are forgotten the content is looked at once more. */
  private static final int MOST_KNOWN = 10_000;

  private final Map<Path, Known> known = Collections.synchronizedMap(new Recent());

  private record Known(long size, FileTime modified, boolean sound) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime());
    }
  }

  /** Whether its content is known to fit its name. */
  boolean isSound(Path path, BasicFileAttributes file) {
    var seen = known.get(path);
    return seen != null && seen.sound() && seen.isOf(file);
  }

  /** Whether its content is known not to. */
  boolean isDamaged(Path path, BasicFileAttributes file) {
    var seen = known.get(path);
    return seen != null && !seen.sound() && seen.isOf(file);
  }

  /** Its content was looked at when the file was like this. */
  void note(Path path, BasicFileAttributes file, boolean sound) {
    known.put(path, new Known(file.size(), file.lastModifiedTime(), sound));
  }

  static BasicFileAttributes look(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  private static final class Recent extends LinkedHashMap<Path, Known> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
      return size() > MOST_KNOWN;
    }
  }
}
