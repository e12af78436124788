package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A finished file in the staging directory.
 *
 * @param place path where it belongs; empty for the empty file, which needs none
 */
record StagedLocalFile(
    FileKey key,
    long sizeBytes,
    Path staged,
    Optional<Path> place,
    Directories directories,
    VerifiedFiles verified)
    implements StagedFile {

  @Override
  public void publish() throws IOException {
    if (place.isPresent() && !isThere(place.get())) {
      var file = VerifiedFiles.look(staged);
      directories.moveIn(staged, place.get());
      verified.note(place.get(), file, true);
    }
  }

  /**
   * Whether a sound file is there. One that is not known to be sound may have been changed by hand;
   * then this file replaces it.
   */
  private boolean isThere(Path file) throws IOException {
    try {
      return verified.isSound(file, VerifiedFiles.look(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      log()
          .warn(
              "The draft {} could not be deleted; the next start deletes it: {}",
              staged,
              e.getMessage());
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(StagedLocalFile.class);
  }
}
