package io.github.datasphere.emulator.files.minio;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bucket is, and what its server expects of requests.
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

  /** The keys that sign the requests. Printed without the secret. */
  public record Keys(String access, String secret) {
    @Override
    public String toString() {
      return "Keys[" + access + ", [redacted]]";
    }
  }

  /**
   * What differs between servers.
   *
   * @param pathStyle whether the bucket is in the path of a URL instead of its host
   * @param ca certificates in PEM that are trusted in addition to the platform's
   */
  public record Dialect(String region, boolean pathStyle, Optional<Path> ca) {}

  /** Returns where in the server the files are, for messages. */
  String place() {
    return endpoint + "/" + bucket;
  }
}
