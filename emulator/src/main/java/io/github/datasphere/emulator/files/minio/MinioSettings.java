package io.github.datasphere.emulator.files.minio;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bucket is and how its server likes to be asked.
 *
 * @param endpoint scheme, host and port that the emulator uses
 * @param publicEndpoint the same server as clients reach it
 * @param bucket made if it is missing
 * @param namespace the part of the bucket that is this emulator's
 */
public record MinioSettings(
    URI endpoint,
    URI publicEndpoint,
    String bucket,
    Keys keys,
    Dialect dialect,
    Namespace namespace) {

  /** What the requests are signed with. Printed without the secret. */
  public record Keys(String access, String secret) {
    @Override
    public String toString() {
      return "Keys[" + access + ", [redacted]]";
    }
  }

  /**
   * What differs between servers.
   *
   * @param pathStyle whether the bucket stands in the path of a URL, not in its host
   * @param ca certificates in PEM that are trusted beside the platform's
   */
  public record Dialect(String region, boolean pathStyle, Optional<Path> ca) {}

  /** Where in the server this is, for messages. */
  String place() {
    return endpoint + "/" + bucket;
  }
}
