package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The content of a file that this process has not checked yet. The last bytes are given out only if
 * the whole content has the digest in the file's name, since a user may have changed the file by
 * hand.
 */
final class CheckedContent extends SequentialContent {
  private final FileKey key;
  private final Path path;
  private final BasicFileAttributes file;
  private final VerifiedFiles verified;
  private final MessageDigest digest;
  private long left;

  CheckedContent(
      InputStream content,
      FileKey key,
      Path path,
      BasicFileAttributes file,
      VerifiedFiles verified) {
    super(content);
    this.key = key;
    this.path = path;
    this.file = file;
    this.verified = verified;
    this.left = file.size();
    this.digest = Sha256.begin();
  }

  /** Reads the whole content; throws if it does not have its digest. */
  void readAll() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    if (file.size() == 0) {
      check();
    }
  }

  @Override
  int pass(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      digest.update(bytes, offset, count);
      left -= count;
      if (left == 0) {
        check();
      }
    }
    return count;
  }

  private void check() throws IOException {
    var sound = HexFormat.of().formatHex(digest.digest()).equals(key.sha256());
    verified.note(path, file, sound);
    if (!sound) {
      throw damaged(key, path);
    }
  }

  static StorageException damaged(FileKey key, Path path) {
    return new StorageException(
        StorageException.Reason.REFUSED,
        "The stored file " + key.sha256() + " of project " + key.project()
            + " is damaged or was changed by hand: " + path
            + ". Put back a copy of it, or create the job again to upload it again.",
        null);
  }
}
