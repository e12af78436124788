package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.StorageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Puts a job's outputs in their places: files at their declared paths, archives unpacked into the
 * parent of theirs (service-behaviour 4.19). A file appears complete or not at all.
 */
public final class ResultFolder {
  private final Path folder;

  /** @param folder what relative paths start from */
  public ResultFolder(Path folder) {
    this.folder = folder;
  }

  /** Fetches one output; nothing of it is left if that fails. */
  public void fetch(StorageFile output, TransferProgress progress) throws FileException {
    var file = output.getFile();
    var label = file.getDesc().getPath();
    var target = target(label);
    var parent = target.getParent();
    if (parent == null) {
      throw new FileException("cannot download " + label + ": it has no place below a folder");
    }
    var partial = parent.resolve("." + UUID.randomUUID() + ".download");
    checkIsFree(parent, label);
    try {
      Files.createDirectories(parent);
      FileTransfer.get(
          output.getUrl(), label, file.getSizeBytes(), file.getSha256(), partial, progress);
      if (file.getCompressionType() == FileCompressionType.ZIP) {
        checkIsNoFile(target, label);
        Unzipping.into(target, partial);
      } else if (Files.isDirectory(target)) {
        throw new FileException("cannot write " + label
            + ": there is a folder of that name, move it away and run again");
      } else {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new FileException("cannot write " + label + ": " + PathErrors.words(target, e), e);
    } finally {
      delete(partial);
    }
  }

  private Path target(String label) throws FileException {
    try {
      return Utf8Paths.resolve(folder, label).normalize();
    } catch (InvalidPathException e) {
      throw new FileException("cannot write " + label + ": " + e.getReason(), e);
    }
  }

  private void checkIsFree(Path parent, String label) throws FileException {
    for (Path above = parent;
        above != null && above.startsWith(folder);
        above = above.getParent()) {
      checkIsNoFile(above, label);
    }
  }

  private void checkIsNoFile(Path place, String label) throws FileException {
    if (Files.exists(place) && !Files.isDirectory(place)) {
      var shown = place.startsWith(folder) ? folder.relativize(place) : place;
      throw new FileException("cannot write " + label + ": " + Utf8Paths.shown(shown)
          + " is a file here, where a folder has to be: move it away and run again");
    }
  }

  private static void delete(Path file) throws FileException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new FileException("cannot remove " + file + ": " + PathErrors.words(file, e), e);
    }
  }
}
