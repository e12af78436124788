package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.Preload;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;

/**
 * Makes operations of a server on its files fail: a library that is loaded before the C library, in
 * whose place it answers. Only the server itself is meant, not the commands of its jobs.
 */
final class FailingDisk {
  /** As failing-disk.c has it. */
  private static final int COUNTDOWN = 0;

  private static final int AFTER = 8;
  private static final int ERROR = 16;
  private static final int KINDS = 20;
  private static final int TORN = 24;
  private static final int HITS = 28;
  private static final int WHAT = 32;
  private static final int WHAT_BYTES = 1024;

  private static final int EIO = 5;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;

  private final Path library;
  private final Path page;
  private final MappedByteBuffer control;

  /** What can fail, how often it happens beside the others, and with which errors. */
  private enum Kind {
    WRITE(1, 200, ENOSPC, EIO),
    SYNC(2, 10, EIO, ENOSPC),
    RENAME(4, 20, ENOSPC, EROFS, EIO),
    OPEN(8, 80, ENOSPC, EROFS, EIO),
    TRUNCATE(16, 3, EIO),
    MKDIR(32, 12, ENOSPC, EROFS),
    UNLINK(64, 30, EIO, EROFS),
    READ(128, 200, EIO);

    private final int bit;
    private final int often;
    private final int[] errors;

    Kind(int bit, int often, int... errors) {
      this.bit = bit;
      this.often = often;
      this.errors = errors;
    }
  }

  private FailingDisk(Path library, Path page, MappedByteBuffer control) {
    this.library = library;
    this.page = page;
    this.control = control;
  }

  /** Builds the library. */
  static FailingDisk build(Path folder) throws IOException, InterruptedException {
    var library = Preload.build(FailingDisk.class, "failing-disk", folder);
    var page = folder.resolve("failing-disk.control");
    try (var file = FileChannel.open(
        page, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var control = file.map(FileChannel.MapMode.READ_WRITE, 0, WHAT + WHAT_BYTES);
      control.order(ByteOrder.nativeOrder());
      return new FailingDisk(library, page, control);
    }
  }

  /** What a server needs to be under control. */
  Map<String, String> environment(Path dataDir) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAILING_DISK_CONTROL", page.toString(),
        "FAILING_DISK_FOLDER", dataDir.toString());
  }

  /** One operation that comes soon will fail. */
  void failOne(Random random) {
    var kind = Kind.values()[random.nextInt(Kind.values().length)];
    int error = kind.errors[random.nextInt(kind.errors.length)];
    arm(kind.bit, error, 1 + random.nextInt(kind.often), 0, random.nextBoolean());
  }

  /** From soon on nothing can be stored. */
  void fill(Random random) {
    int kinds = Kind.WRITE.bit | Kind.RENAME.bit | Kind.MKDIR.bit;
    arm(kinds, ENOSPC, 1 + random.nextInt(Kind.WRITE.often), Long.MAX_VALUE, random.nextBoolean());
  }

  private void arm(int kinds, int error, long countdown, long after, boolean torn) {
    control.putInt(HITS, 0);
    control.put(WHAT, (byte) 0);
    control.putInt(KINDS, kinds);
    control.putInt(ERROR, error);
    control.putInt(TORN, torn ? 1 : 0);
    control.putLong(AFTER, after);
    control.putLong(COUNTDOWN, countdown);
  }

  /** From now on all goes well again. */
  void heal() {
    control.putLong(COUNTDOWN, 0);
  }

  /** So many operations have failed. */
  int hits() {
    return control.getInt(HITS);
  }

  @Override
  public String toString() {
    var bytes = new byte[WHAT_BYTES];
    control.get(WHAT, bytes);
    var what = new String(bytes, UTF_8);
    return "error " + control.getInt(ERROR) + (control.getInt(TORN) == 1 ? " (torn)" : "") + " of "
        + what.substring(0, what.indexOf('\0'));
  }
}
