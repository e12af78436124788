package io.github.datasphere.emulator.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file on a disk that has power: what was synced of it, and what was done to it since. */
final class DiskContent {
  private static final int SECTOR_BYTES = 512;

  private final List<Change> unsynced = new ArrayList<>();
  private byte[] synced = {};

  private record Change(byte[] data, long at, boolean isCut) {
    byte[] on(byte[] content) {
      if (isCut) {
        return Arrays.copyOf(content, (int) at);
      }
      int end = (int) at + data.length;
      var changed = content.length < end ? Arrays.copyOf(content, end) : content.clone();
      System.arraycopy(data, 0, changed, (int) at, data.length);
      return changed;
    }

    /** Some sectors of it, each whole. */
    byte[] tornOn(byte[] content, Random random) {
      if (isCut) {
        return on(content);
      }
      int end = (int) at + data.length;
      var changed = content.length < end ? Arrays.copyOf(content, end) : content.clone();
      for (int from = (int) at; from < end; ) {
        int to = Math.min(end, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
        if (random.nextBoolean()) {
          System.arraycopy(data, from - (int) at, changed, from, to - from);
        }
        from = to;
      }
      return changed;
    }
  }

  void write(byte[] data, long at) {
    unsynced.add(new Change(data, at, false));
  }

  void cut(long size) {
    unsynced.add(new Change(new byte[0], size, true));
  }

  void sync() {
    synced = now();
    unsynced.clear();
  }

  /** What a reader sees. */
  byte[] now() {
    var content = synced;
    for (var change : unsynced) {
      content = change.on(content);
    }
    return content;
  }

  byte[] synced() {
    return synced;
  }

  /**
   * What was synced, and some sectors of what was not: any of them, as a disk writes in an order of
   * its own. The file has the length of any moment since.
   */
  byte[] torn(Random random) {
    var content = synced;
    int counted = random.nextInt(unsynced.size() + 1);
    for (var change : unsynced.subList(0, counted)) {
      content = change.tornOn(content, random);
    }
    return content;
  }
}
