package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.PathTrouble;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.StorageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Where a job's outputs come to lie: files at their declared paths, archives unpacked into the
 * parent of theirs (service-behaviour 4.19). A file appears whole or not at all.
 */
public final class ResultFolder {
  private final Path folder;

  /** @param folder what relative paths start from */
  public ResultFolder(Path folder) {
    this.folder = folder;
  }

  /** Fetches one output; nothing of it is left if that fails. */
  public void fetch(StorageFile output, Progress progress) throws FileException {
    File file = output.getFile();
    String label = file.getDesc().getPath();
    Path target = folder.resolve(label).normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileException("cannot download " + label + ": it has no place below a folder");
    }
    Path partial =
        parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".download");
    try {
      Files.createDirectories(parent);
      FileTransfer.get(
          output.getUrl(), label, file.getSizeBytes(), file.getSha256(), partial, progress);
      if (file.getCompressionType() == FileCompressionType.ZIP) {
        Unzipping.into(target, partial);
      } else if (Files.isDirectory(target)) {
        throw new FileException("cannot write " + label + ": there is a folder of that name");
      } else {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new FileException("cannot write " + label + ": " + PathTrouble.words(target, e), e);
    } finally {
      delete(partial);
    }
  }

  private static void delete(Path file) throws FileException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new FileException("cannot remove " + file + ": " + e, e);
    }
  }
}
