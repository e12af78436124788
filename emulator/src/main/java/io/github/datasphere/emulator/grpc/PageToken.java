package io.github.datasphere.emulator.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.util.Arrays;
import java.util.Base64;

/**
 * Says where a list goes on; clients cannot interpret it. It is valid only for the list that it was
 * made for: the same call, project and filter.
 *
 * @param list identifies the list
 */
record PageToken(String list) {
  private static final int CHECKSUM_BYTES = 8;

  String encode(String position) {
    var text = position.getBytes(UTF_8);
    var token = Arrays.copyOf(checksum(text), CHECKSUM_BYTES + text.length);
    System.arraycopy(text, 0, token, CHECKSUM_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * Returns the position in the token.
   *
   * @param first the position that an empty token stands for
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if this list did not make
   *     it
   */
  String decode(String token, String first) {
    return token.isEmpty() ? first : decode(token);
  }

  private String decode(String token) {
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length >= CHECKSUM_BYTES) {
        var text = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
        if (Arrays.equals(checksum(text), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
          return new String(text, UTF_8);
        }
      }
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
    throw unknown();
  }

  private static RuntimeException unknown() {
    return Rejected.invalid(
            "page_token",
            "is no token of this list; send next_page_token of the answer before, with the same"
                + " other fields, or none for the first page")
        .asException();
  }

  private byte[] checksum(byte[] text) {
    var digest = Sha256.begin();
    digest.update(list.getBytes(UTF_8));
    digest.update((byte) 0);
    return Arrays.copyOf(digest.digest(text), CHECKSUM_BYTES);
  }
}
