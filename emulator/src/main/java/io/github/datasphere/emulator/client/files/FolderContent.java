package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.PurePath;
import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which parts of a file or folder go into its archive: entries start with its own name,
 * empty folders and links to folders are left out, links to files are followed (service-behaviour
 * 2.8, 2.9).
 *
 * @param files in the order of their names, so that equal folders give equal archives
 * @param remarks what the official client would do otherwise, as far as it matters
 */
record FolderContent(List<Packed> files, List<String> remarks) {
  private static final int FIRST_YEAR = 1980;
  private static final int LAST_YEAR = 2107;

  /**
   * A file of the archive.
   *
   * @param name in the archive, with slashes
   * @param size of its content when it was looked at, in bytes
   */
  record Packed(Path file, String name, long size) {}

  /**
   * Looks at names and sizes; reads no content.
   *
   * @param source an existing file or folder
   * @param declared the path as declared, whose last name the entries start with
   * @throws FileException if there is something that no archive takes; it is named
   */
  static FolderContent of(Path source, String declared) throws IOException, FileException {
    var root = rootName(source, declared);
    if (!Files.isDirectory(source)) {
      return new FolderContent(List.of(new Packed(source, root, Files.size(source))), List.of());
    }
    var search = new Search(declared);
    var top = source.toRealPath();
    Files.walkFileTree(top, search);
    var files = new ArrayList<Packed>();
    Collections.sort(search.files);
    for (var file : search.files) {
      var below = top.relativize(file);
      var relative = Utf8Paths.text(below).orElseThrow(() -> notUtf8(declared, below));
      var name = root.isEmpty() ? relative : root + "/" + relative;
      files.add(new Packed(file, name, search.size(file, below)));
    }
    return new FolderContent(files, search.remarks());
  }

  long size() {
    return files.stream().mapToLong(Packed::size).sum();
  }

  private static FileException notUtf8(String declared, Path below) {
    return new FileException("the name "
        + place(declared, below)
        + " is not UTF-8 (after each % there stands the number of a byte): the official client"
        + " cannot send it either, rename it");
  }

  private static String place(String declared, Path below) {
    return PurePath.of(declared).text() + "/" + Utf8Paths.shown(below);
  }

  /** Empty for {@code .}, whose entries have no common start in the official client either. */
  private static String rootName(Path source, String declared) throws FileException {
    var name = PurePath.of(declared).name();
    if (name.equals("..")) {
      var real = source.toAbsolutePath().normalize().getFileName();
      return real == null ? "" : Utf8Paths.text(real).orElseThrow(() -> notUtf8(declared, real));
    }
    return name.equals(".") ? "" : name;
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private static final int MOST_TOLD = 5;

    private final String declared;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();
    private Optional<String> odd = Optional.empty();

    Search(String declared) {
      this.declared = declared;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
        links.add(file);
      } else {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, @Nullable IOException failure)
        throws IOException {
      throw failure == null ? new IOException(file.toString()) : failure;
    }

    long size(Path file, Path below) throws FileException {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
          throw new FileException(place(declared, below)
              + " is a named pipe, socket or device: only files and folders can be sent");
        }
        int year = Year.from(
                attributes.lastModifiedTime().toInstant().atZone(ZoneId.systemDefault()))
            .getValue();
        if (odd.isEmpty() && (year < FIRST_YEAR || year > LAST_YEAR)) {
          odd = Optional.of(place(declared, below) + " is of the year " + year);
        }
        return attributes.size();
      } catch (IOException e) {
        throw new FileException(
            Files.isSymbolicLink(file)
                ? "the link " + place(declared, below) + " leads nowhere: remove it, or mend it"
                : "cannot read " + place(declared, below) + ": " + PathErrors.words(file, e),
            e);
      }
    }

    List<String> remarks() {
      var remarks = new ArrayList<String>();
      if (!links.isEmpty()) {
        remarks.add(declared
            + " holds links to folders, which are left out as the official client leaves them: "
            + String.join(
                ", ",
                links.stream()
                    .limit(MOST_TOLD)
                    .map(link -> Utf8Paths.shown(link.getFileName()))
                    .toList())
            + (links.size() > MOST_TOLD ? ", and " + (links.size() - MOST_TOLD) + " more" : ""));
      }
      odd.ifPresent(file -> remarks.add(file
          + ": the official client stops there, as its archives know only the years "
          + FIRST_YEAR
          + " to "
          + LAST_YEAR
          + "; `touch` the file"));
      return remarks;
    }
  }
}
