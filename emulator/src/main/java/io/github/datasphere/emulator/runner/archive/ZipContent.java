package io.github.datasphere.emulator.runner.archive;

import io.github.datasphere.emulator.runner.plan.Paths;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive from a client, checked before any of it is unpacked. It refuses entries that would
 * land outside the directory, links, and more content than is allowed.
 */
public final class ZipContent implements AutoCloseable {
  /** Linux takes no longer path, and each directory in a path costs memory. */
  private static final int LONGEST_PATH = 4_096;

  private static final int LONGEST_SHOWN = 200;

  private final ZipFile zip;
  private final List<Entry> entries;

  /** Bytes that may still be unpacked, whatever the table of contents says. */
  private long left;

  private ZipContent(ZipFile zip, List<Entry> entries, long unpackedLimit) {
    this.zip = zip;
    this.entries = entries;
    this.left = unpackedLimit;
  }

  /**
   * One file or directory.
   *
   * @param path relative, without {@code ..}; empty for the top directory itself
   */
  public record Entry(String name, String path, boolean isDirectory, long size) {}

  /**
   * Reads the table of contents.
   *
   * @param unpackedLimit how many bytes the archive may unpack to
   */
  public static ZipContent open(Path file, Placement.Archive archive, long unpackedLimit)
      throws IOException, PreparationException {
    var label = archive.file().desc().label();
    var zip = open(file, label);
    try {
      refuseLinks(file, zip, label);
      var entries = new ArrayList<Entry>();
      var names = new PlacedNames();
      long left = unpackedLimit;
      for (var entry : zip.stream().toList()) {
        var checked = checked(entry, archive.strip(), label);
        if (!names.add(checked.path(), checked.isDirectory())) {
          throw refused(entry.getName(), label, "is a file and a directory at once");
        }
        if (names.isTooMuch()) {
          throw refused(entry.getName(), label, "is one of too many folders within folders");
        }
        if (checked.size() > left) {
          throw tooLarge(label, unpackedLimit);
        }
        left -= checked.size();
        entries.add(checked);
      }
      return new ZipContent(zip, entries, unpackedLimit);
    } catch (IOException | PreparationException e) {
      zip.close();
      throw e;
    } catch (RuntimeException e) {
      zip.close();
      throw noZip(label, e);
    }
  }

  /**
   * Makes the refusal. It names no total, since that can exceed any number and the sizes may be
   * false.
   */
  private static PreparationException tooLarge(String label, long limit) {
    return new PreparationException("The archive of "
        + label
        + " unpacks to more than the "
        + limit
        + " bytes that the job's disk has left: ask for 'working-storage'.");
  }

  public List<Entry> entries() {
    return entries;
  }

  public InputStream open(Entry entry) throws IOException {
    var content = zip.getInputStream(zip.getEntry(entry.name()));
    if (content == null) {
      throw new IOException("entry " + entry.name() + " has vanished from the archive");
    }
    return new Sized(content, entry, this::unpacked);
  }

  private void unpacked(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("the archive unpacks to more than the job's disk has left");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Refuses links, and a table of contents in which not every reader finds the same entries. */
  private static void refuseLinks(Path file, ZipFile zip, String label)
      throws IOException, PreparationException {
    var kinds = ZipLinks.kinds(file);
    for (var kind : kinds) {
      if (kind.isSpecial()) {
        throw refused(kind.name(), label, "is a link or another special file");
      }
    }
    if (!kinds.stream()
        .map(ZipLinks.Kind::name)
        .toList()
        .equals(zip.stream().map(ZipEntry::getName).toList())) {
      throw new PreparationException("The archive of " + label
          + " is refused: its table of contents can be read in two ways. Pack it with another"
          + " program.");
    }
  }

  private static ZipFile open(Path file, String label) throws PreparationException {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException | RuntimeException e) {
      refuseNames(file, label);
      throw noZip(label, e);
    }
  }

  private static PreparationException noZip(String label, Exception e) {
    return new PreparationException(
        "The archive of " + label + " is no ZIP file (" + e.getMessage() + "): upload it again.",
        e);
  }

  private static void refuseNames(Path file, String label) throws PreparationException {
    try {
      for (var name : ZipLinks.notUtf8(file)) {
        throw refused(name, label, "is not UTF-8: rename the file");
      }
    } catch (IOException | RuntimeException e) {
      // It is no archive at all; the caller tells the user so
    }
  }

  private static Entry checked(ZipEntry entry, String strip, String label)
      throws PreparationException {
    var name = entry.getName();
    if (name.length() > LONGEST_PATH) {
      throw refused(name, label, "is longer than a path can be");
    }
    if (name.contains("..") && List.of(name.split("/")).contains("..")) {
      throw refused(name, label, "leads out of its directory");
    }
    var path = Paths.normalize(name).orElseThrow(() -> refused(name, label, "is no relative path"));
    if (entry.getSize() < 0) {
      throw refused(name, label, "has no size that can be");
    }
    return new Entry(name, stripped(path, strip), entry.isDirectory(), entry.getSize());
  }

  /**
   * Removes the directory's own name, with which the archive of a directory begins
   * (service-behaviour 2.8).
   */
  private static String stripped(String path, String strip) {
    if (path.equals(strip)) {
      return "";
    }
    var begin = strip + "/";
    return !strip.isEmpty() && path.startsWith(begin) ? path.substring(begin.length()) : path;
  }

  private static PreparationException refused(String name, String label, String reason) {
    var shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "..." : name;
    return new PreparationException(
        "The archive of " + label + " is refused: its entry '" + shown + "' " + reason + ".");
  }

  /** Counts the bytes of all entries together. */
  @FunctionalInterface
  private interface Meter {
    void add(long bytes) throws IOException;
  }

  /**
   * Fails if an entry is longer than the table of contents says, since other code relied on that
   * size.
   */
  private static final class Sized extends FilterInputStream {
    private final Entry entry;
    private final Meter meter;
    private long left;

    private Sized(InputStream in, Entry entry, Meter meter) {
      super(in);
      this.entry = entry;
      this.meter = meter;
      this.left = entry.size();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = packed(target, offset, length);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new IOException("entry '" + entry.name() + "' is larger than the archive says");
      }
      meter.add(Math.max(0, count));
      return count;
    }

    private int packed(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        throw new IOException("entry '" + entry.name() + "' of the archive is damaged: " + e, e);
      }
    }
  }
}
