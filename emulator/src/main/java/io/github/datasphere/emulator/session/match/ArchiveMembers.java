package io.github.datasphere.emulator.session.match;

import io.github.datasphere.emulator.base.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The files within a zip archive. Two archives of one folder have other bytes: there are times,
 * rights and an order of files in them.
 *
 * @param digests the sha256 of each file by its name; folders do not count
 */
public record ArchiveMembers(SortedMap<String, String> digests) {
  /**
   * Reads an archive to its end.
   *
   * @throws ZipException if it cannot be read as one
   */
  public static ArchiveMembers of(InputStream archive) throws IOException {
    var digests = new TreeMap<String, String>();
    try {
      var zip = new ZipInputStream(archive);
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          digests.put(entry.getName(), sha256(zip));
        }
      }
      archive.transferTo(OutputStream.nullOutputStream());
      return new ArchiveMembers(digests);
    } catch (IllegalArgumentException e) {
      throw new ZipException("a name in it is no UTF-8: " + e.getMessage());
    }
  }

  private static String sha256(InputStream content) throws IOException {
    var digest = Sha256.begin();
    new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Says in which file this archive of now differs from the recorded one; empty if in none. */
  public Optional<String> differenceFrom(ArchiveMembers recorded) {
    var names = new TreeSet<>(recorded.digests.keySet());
    names.addAll(digests.keySet());
    for (var name : names) {
      if (!digests.containsKey(name)) {
        return Optional.of("the file " + name + " is missing in it");
      }
      if (!recorded.digests.containsKey(name)) {
        return Optional.of("the file " + name + " is in it, and was not when it was recorded");
      }
      if (!digests.get(name).equals(recorded.digests.get(name))) {
        return Optional.of("the file " + name + " has another content");
      }
    }
    return Optional.empty();
  }
}
