package io.github.datasphere.emulator.runner.docker.tar;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Unpacks a directory that the engine sends. */
public final class TarContent {
  private TarContent() {}

  /**
   * Unpacks the content of the directory into {@code root}, which is empty. Links are made last, so
   * that nothing is written through one.
   *
   * @param limitBytes how much all files may hold, holes and second names of one file included
   */
  public static void unpack(DockerTar tar, Path root, long limitBytes) throws IOException {
    var links = new LinkedHashMap<Path, Path>();
    long left = limitBytes;
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      var target = target(tar, entry.getName(), root);
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else if (entry.isSymbolicLink()) {
        links.put(target, path(Path.of(""), entry.getLinkName(), tar.names().link()));
      } else if (entry.isLink()) {
        var first = target(entry.getLinkName(), tar.names().link(), root);
        if (links.containsKey(first)) {
          links.put(target, links.get(first));
        } else if (Files.exists(first)) { // else it is a pipe or a device
          left = less(left, Files.size(first), limitBytes);
          Files.copy(first, target);
        }
      } else if (!entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice()) {
        left = less(left, entry.getSize(), limitBytes);
        Files.copy(tar, target);
      }
    }
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(link.getKey(), link.getValue());
    }
  }

  private static long less(long left, long bytes, long limitBytes) throws IOException {
    if (bytes > left) {
      throw new IOException("it holds more than " + limitBytes + " bytes");
    }
    return left - bytes;
  }

  /** Returns where the entry that was read last belongs. */
  public static Path target(DockerTar tar, String entry, Path root) throws IOException {
    return target(entry, tar.names().path(), root);
  }

  /** Returns where an entry belongs; the engine's entries begin with the name of the directory. */
  private static Path target(String entry, byte @Nullable [] raw, Path root) throws IOException {
    int slash = entry.indexOf('/');
    var below = slash < 0 ? "" : entry.substring(slash + 1);
    var target = path(root, below, raw == null ? null : TarNames.below(raw)).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the entry " + entry + " leads out of its directory");
    }
    return target;
  }

  private static Path path(Path folder, String text, byte @Nullable [] raw) {
    return raw != null && Utf8Paths.isDamaged(text)
        ? Utf8Paths.resolve(folder, raw)
        : Utf8Paths.resolve(folder, text);
  }
}
