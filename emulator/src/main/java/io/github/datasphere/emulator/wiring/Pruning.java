package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.engine.Prune;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;

/**
 * Finds and deletes data that no client needs any more, in a data directory that no server is using
 * ({@code prune}).
 */
public final class Pruning implements AutoCloseable {
  private final boolean inStorage;
  private final Workspace workspace;
  private final JobStore store;
  private final SegmentJobLog logs;
  private final Prune prune;
  private Prune.Found found;
  private boolean closed;

  private Pruning(Workspace workspace, boolean inStorage) throws IOException {
    this.inStorage = inStorage;
    this.workspace = workspace;
    this.store = DurableStore.open(workspace);
    this.logs = new SegmentJobLog(workspace.folder("logs"));
    var files = new LocalFileStore(
        workspace.folder("files"), new UrlSigner(UrlSigner.newKey()), () -> URI.create("none:"));
    this.prune = new Prune(store, files, logs);
    this.found = prune.look();
  }

  /**
   * Opens the data directory of a configuration and looks for such data. Files in MinIO are left
   * alone, since each start of a server removes the unneeded ones.
   *
   * @throws ExplainedException if it cannot be opened, for example because a server is running; the
   *     message says why
   */
  public static Pruning open(EmulatorConfig config) {
    var directory = config.storage().dataDir().orElseThrow();
    if (!Files.isDirectory(directory.resolve("state"))) {
      throw new ExplainedException(
          PathErrors.hidden(directory.resolve("state"))
              .map(why -> "The data directory " + directory + " cannot be read: " + why + ".")
              .orElse("There is no data of an emulator in " + directory
                  + ": name its folder with --data-dir."),
          null);
    }
    try {
      var workspace = Workspace.open(config.storage().dataDir());
      try {
        return new Pruning(workspace, config.storage().kind() == StorageKind.MINIO);
      } catch (IOException | RuntimeException e) {
        workspace.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ExplainedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the files lie in an S3 storage, which this class leaves alone. */
  public boolean leavesFilesInStorage() {
    return inStorage;
  }

  /** Says what there is to remove, a line for each kind; empty if there is nothing. */
  public List<String> lines() {
    return List.of(
            line(found.jobs().size(), "jobs whose data are cleared"),
            line(found.operations().size(), "operations of these and of deleted jobs"),
            line(found.files().size(), "files that no job needs, " + found.bytes() + " bytes"),
            line(found.logs().size(), "logs of deleted jobs"))
        .stream()
        .filter(line -> !line.startsWith("0 "))
        .toList();
  }

  /**
   * Removes the data that was found.
   *
   * @throws ExplainedException if something could not be removed
   */
  public void remove() {
    try {
      prune.remove(found);
      found = prune.look();
    } catch (IOException | UncheckedIOException e) {
      throw new ExplainedException("Not all could be removed: " + e.getMessage(), e);
    }
  }

  /**
   * Closes the database, which then gives the freed space back to the disk. A second call does
   * nothing.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      logs.close();
      store.close();
      workspace.close();
    }
  }

  private static String line(long count, String what) {
    return count + " " + what;
  }
}
