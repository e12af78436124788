package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.kill.RecordingDisk.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A disk that has power, and what it holds when that is cut. */
final class Disk {
  private final Map<Long, DiskContent> open = new HashMap<>();
  private Folder root = new Folder();

  /** What of that which was not synced is there after a power cut. */
  enum Loss {
    /** Nothing: neither names nor content. As strict as POSIX allows it to be. */
    ALL_UNSYNCED,
    /** All names, no content: what renames and new files come to if data are written last. */
    UNSYNCED_CONTENT,
    /** The names of a moment since the last sync, and any sectors of the content. */
    SOME_OF_BOTH,
    /** All of it: as after a kill of the process alone. */
    NOTHING
  }

  private static final class Folder {
    private Map<String, Object> names = new TreeMap<>();
    private Map<String, Object> synced = new TreeMap<>();

    /** With names that change no more. */
    Folder copy() {
      var copy = new Folder();
      names.forEach(
          (name, it) -> copy.names.put(name, it instanceof Folder folder ? folder.copy() : it));
      return copy;
    }
  }

  /** Writes to a folder what such a disk holds when its power is cut after these operations. */
  static void afterCut(List<Done> done, Loss loss, Random random, Path target) throws IOException {
    var disk = new Disk();
    int lastSync = 0;
    for (int i = 0; i < done.size(); i++) {
      lastSync = done.get(i).kind().isSync() ? i + 1 : lastSync;
    }
    int names = lastSync + random.nextInt(done.size() - lastSync + 1);
    done.subList(0, names).forEach(disk::take);
    var someNames = disk.root.copy();
    done.subList(names, done.size()).forEach(disk::take);
    disk.root = loss == Loss.SOME_OF_BOTH ? someNames : disk.root;
    disk.write(disk.root, loss, random, target);
  }

  private void take(Done done) {
    switch (done.kind()) {
      case OPEN -> open.put(done.file(), contentAt(done.path()));
      case WRITE -> openContent(done).write(done.data(), done.at());
      case TRUNCATE -> openContent(done).cut(done.at());
      case SYNC -> openContent(done).sync();
      case SYNC_FOLDER -> {
        var folder = folder(done.path());
        folder.synced = new TreeMap<>(folder.names);
      }
      case RENAME -> put(done.other(), remove(done.path()));
      case LINK -> put(done.other(), at(done.path()));
      case UNLINK -> remove(done.path());
      case MKDIR -> put(done.path(), new Folder());
    }
  }

  private DiskContent openContent(Done done) {
    var content = open.get(done.file());
    if (content == null) {
      throw new AssertionError("never opened: " + done);
    }
    return content;
  }

  private DiskContent contentAt(String path) {
    if (at(path) instanceof DiskContent there) {
      return there;
    }
    var content = new DiskContent();
    put(path, content);
    return content;
  }

  private @Nullable Object at(String path) {
    return folder(parent(path)).names.get(name(path));
  }

  /** Of what the server's children made nothing is known. */
  private void put(String path, @Nullable Object what) {
    if (!path.isEmpty() && what != null) {
      folder(parent(path)).names.put(name(path), what);
    }
  }

  private @Nullable Object remove(String path) {
    return folder(parent(path)).names.remove(name(path));
  }

  private Folder folder(String path) {
    var folder = root;
    for (var name : path.isEmpty() ? new String[0] : path.split("/")) {
      folder = (Folder) folder.names.computeIfAbsent(name, missing -> new Folder());
    }
    return folder;
  }

  private static String parent(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void write(Folder folder, Loss loss, Random random, Path target) throws IOException {
    Files.createDirectory(target);
    var names = loss == Loss.ALL_UNSYNCED ? folder.synced : folder.names;
    for (var entry : new ArrayList<>(names.entrySet())) {
      var place = target.resolve(entry.getKey());
      if (entry.getValue() instanceof Folder below) {
        write(below, loss, random, place);
      } else {
        Files.write(place, content((DiskContent) entry.getValue(), loss, random));
      }
    }
  }

  private static byte[] content(DiskContent content, Loss loss, Random random) {
    return switch (loss) {
      case ALL_UNSYNCED, UNSYNCED_CONTENT -> content.synced();
      case SOME_OF_BOTH -> content.torn(random);
      case NOTHING -> content.now();
    };
  }
}
