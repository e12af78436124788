package io.github.datasphere.emulator.client.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file or folder as an archive: entries start with its own name, empty folders and links to
 * folders are left out, links to files are followed (service-behaviour 2.8, 2.9).
 */
final class FolderArchive {
  private static final int BUFFER = 1 << 16;
  private static final int DEFAULT_MODE = 0644;

  private final Path source;
  private final String root;

  /**
   * @param source an existing file or folder
   * @param declared the path as declared, whose last name the entries start with
   */
  FolderArchive(Path source, String declared) {
    this.source = source;
    this.root = rootName(source, declared);
  }

  void write(OutputStream out, Progress read) throws IOException, FileException {
    try (var zip = new StoredZip(out)) {
      if (!Files.isDirectory(source)) {
        add(zip, source, root);
        return;
      }
      Path top = source.toRealPath();
      for (Path file : files(top)) {
        String relative = top.relativize(file).toString().replace('\\', '/');
        add(zip, file, root.isEmpty() ? relative : root + "/" + relative);
        read.advance(0);
      }
    }
  }

  /** Two passes over a file: a stored entry has its checksum before its content. */
  private static void add(StoredZip zip, Path file, String name) throws IOException, FileException {
    byte[] buffer = new byte[BUFFER];
    var crc = new CRC32();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
        size += count;
      }
    }
    OutputStream out = zip.begin(name, mode(file), crc.getValue(), size);
    var again = new CRC32();
    long left = size;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        left -= count;
        if (left < 0) {
          break;
        }
        again.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    if (left != 0 || again.getValue() != crc.getValue()) {
      throw new FileException(file + " changed while it was packed: run again when it is at rest");
    }
  }

  /** In the order of their names, so that equal folders give equal archives. */
  private static List<Path> files(Path top) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(top, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!attributes.isSymbolicLink() || !Files.isDirectory(file)) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    });
    Collections.sort(files);
    return files;
  }

  private static int mode(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("unix")
        ? (Integer) Files.getAttribute(file, "unix:mode") & 07777
        : DEFAULT_MODE;
  }

  /** Empty for {@code .}, whose entries have no common start in the official client either. */
  private static String rootName(Path source, String declared) {
    String name = PurePath.of(declared).name();
    if (name.equals("..")) {
      Path real = source.toAbsolutePath().normalize().getFileName();
      return real == null ? "" : real.toString();
    }
    return name.equals(".") ? "" : name;
  }
}
