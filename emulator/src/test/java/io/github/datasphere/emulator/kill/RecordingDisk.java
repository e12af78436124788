package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.Preload;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Notes what servers do to the files below their data directory: a library that is loaded before
 * the C library, in whose place it answers.
 */
final class RecordingDisk {
  private static final int HEAD_BYTES = 32;

  private final Path library;
  private final Path record;
  private final Path dataDir;

  /** What was done; as recording-disk.c has it. */
  enum Kind {
    OPEN,
    WRITE,
    TRUNCATE,
    SYNC,
    SYNC_FOLDER,
    RENAME,
    LINK,
    UNLINK,
    MKDIR;

    boolean isSync() {
      return this == SYNC || this == SYNC_FOLDER;
    }

    boolean isOfNames() {
      return ordinal() >= RENAME.ordinal();
    }
  }

  /**
   * One operation.
   *
   * @param path relative to the data directory; empty for that itself
   * @param other of a renamed or linked file the new path
   * @param data what was written
   * @param file the number that the file has while it is open
   * @param at where it was written, or the size to which it was cut
   * @param end how long the record is with it
   */
  record Done(Kind kind, String path, String other, byte[] data, long file, long at, long end) {

    boolean isSyncOf(String file) {
      return kind == Kind.SYNC && path.equals(file);
    }

    @Override
    public String toString() {
      return (kind + " " + path + " " + other).strip()
          + (kind == Kind.WRITE ? " " + data.length + " bytes at " + at : "");
    }
  }

  private RecordingDisk(Path library, Path record, Path dataDir) {
    this.library = library;
    this.record = record;
    this.dataDir = dataDir;
  }

  /** Builds the library; the data directory is not there yet. */
  static RecordingDisk build(Path folder, Path dataDir) throws IOException, InterruptedException {
    var library = Preload.build(RecordingDisk.class, "recording-disk", folder);
    var record = Files.createFile(folder.resolve("recording-disk.record"));
    return new RecordingDisk(library, record, dataDir);
  }

  /** What a server needs to be recorded. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "RECORDING_DISK_FILE", record.toString(),
        "RECORDING_DISK_FOLDER", dataDir.toString());
  }

  /** How long the record is; what was done before this call lies before. */
  long position() throws IOException {
    return Files.size(record);
  }

  /** All that was done, in order. */
  List<Done> done() throws IOException {
    var all = new ArrayList<Done>();
    long size = position();
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(record)))) {
      for (long end = 0; end < size; end = all.get(all.size() - 1).end()) {
        all.add(next(in, end));
      }
    }
    return all;
  }

  private Done next(DataInputStream in, long start) throws IOException {
    var head = ByteBuffer.wrap(in.readNBytes(HEAD_BYTES)).order(ByteOrder.nativeOrder());
    var kind = Kind.values()[head.getInt() - 1];
    int path = head.getInt();
    int other = head.getInt();
    int data = head.getInt();
    return new Done(
        kind,
        relative(in.readNBytes(path)),
        relative(in.readNBytes(other)),
        in.readNBytes(data),
        head.getLong(),
        head.getLong(),
        start + HEAD_BYTES + path + other + data);
  }

  private String relative(byte[] path) {
    var text = new String(path, UTF_8);
    return text.isEmpty() ? text : dataDir.relativize(Path.of(text)).toString();
  }
}
