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
 * Remembers which stored files are sound and which are damaged. A file is sound if this process
 * stored it, or read it to its end and found its digest right. An entry is valid until the file
 * changes.
 */
final class VerifiedFiles {
  /** How many files are remembered; the content of a forgotten one is checked once more. */
  private static final int MOST_KNOWN = 10_000;

  private final Map<Path, Known> known = Collections.synchronizedMap(new Recent());

  private record Known(long size, FileTime modified, boolean sound) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime());
    }
  }

  /** Whether the content is known to have the digest in its name. */
  boolean isSound(Path path, BasicFileAttributes file) {
    var seen = known.get(path);
    return seen != null && seen.sound() && seen.isOf(file);
  }

  /** Whether the content is known not to have that digest. */
  boolean isDamaged(Path path, BasicFileAttributes file) {
    var seen = known.get(path);
    return seen != null && !seen.sound() && seen.isOf(file);
  }

  /** Notes the result of a check, and what the file was like then. */
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
