package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An object from its first byte on, hashed while it is read: its content may have been replaced
 * without the emulator. The last bytes are given out only if the whole content has the digest in
 * the object's name, so it is read one piece ahead.
 */
final class VerifiedContent extends InputStream {
  private static final int PIECE_BYTES = 64 * 1024;

  private final InputStream in;
  private final FileKey key;
  private final String place;
  private final MessageDigest digest;
  private byte[] piece = new byte[PIECE_BYTES];
  private byte[] ahead = new byte[PIECE_BYTES];
  private int position;
  private int length;
  private int lengthAhead = PIECE_BYTES;
  private boolean begun;

  /**
   * Wraps the content.
   *
   * @param place where the object is, for humans
   */
  VerifiedContent(InputStream in, FileKey key, String place) {
    this.in = in;
    this.key = key;
    this.place = place;
    this.digest = Sha256.begin();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!begun) {
      begun = true;
      readAhead();
    }
    if (position == length) {
      advance();
      if (length == 0) {
        return -1;
      }
    }
    int given = Math.min(count, length - position);
    System.arraycopy(piece, position, target, offset, given);
    position += given;
    return given;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void advance() throws IOException {
    var free = piece;
    piece = ahead;
    position = 0;
    length = lengthAhead;
    ahead = free;
    if (length == PIECE_BYTES) {
      readAhead();
    } else {
      lengthAhead = 0;
    }
  }

  private void readAhead() throws IOException {
    lengthAhead = in.readNBytes(ahead, 0, PIECE_BYTES);
    digest.update(ahead, 0, lengthAhead);
    if (lengthAhead < PIECE_BYTES
        && !HexFormat.of().formatHex(digest.digest()).equals(key.sha256())) {
      throw new StorageException(
          StorageException.Reason.REFUSED,
          "The file " + key.sha256() + " of project " + key.project() + " in the storage at "
              + place
              + " is damaged or was changed by hand. Put back a copy of it, or remove it and create"
              + " the job again to upload it again.",
          null);
    }
  }
}
