package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.config.reading.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The S3 server that keeps files.
 *
 * @param endpoint empty to start a MinIO container
 * @param publicEndpoint the same server as clients reach it, if that differs
 * @param bucket made if it is missing; each emulator keeps to a prefix of its own
 * @param keys needed for an endpoint
 * @param image of the container that is started where no endpoint is given
 */
public record MinioConfig(
    Optional<URI> endpoint,
    Optional<URI> publicEndpoint,
    String bucket,
    Optional<Keys> keys,
    Dialect dialect,
    String image) {

  /**
   * What requests are signed with.
   *
   * @param access the access key; needed for an endpoint
   * @param secret the secret key; needed for an endpoint
   */
  public record Keys(Secret access, Secret secret) {}

  /**
   * What differs between servers.
   *
   * @param region that requests are signed for
   * @param pathStyle whether the bucket is in the path of a URL; else it is in its host
   * @param ca file of certificates to trust beside the platform's, in PEM
   */
  public record Dialect(String region, boolean pathStyle, Optional<Path> ca) {
    public static Dialect usual() {
      return new Dialect("us-east-1", true, Optional.empty());
    }
  }

  public MinioConfig {
    endpoint.ifPresent(uri -> endpoint("endpoint", uri));
    publicEndpoint.ifPresent(uri -> endpoint("public-endpoint", uri));
    bucket(bucket);
    if (endpoint.isPresent() && keys.isEmpty()) {
      throw new IllegalArgumentException(
          "an endpoint needs both access-key and secret-key, as text, {env: NAME} or {file: PATH}");
    }
    if (publicEndpoint.isPresent() && endpoint.isEmpty()) {
      throw new IllegalArgumentException("public-endpoint needs an endpoint");
    }
  }

  public static MinioConfig defaults() {
    return new MinioConfig(
        Optional.empty(),
        Optional.empty(),
        "datasphere-emulator",
        Optional.empty(),
        Dialect.usual(),
        "minio/minio:latest");
  }

  static MinioConfig read(Value value, MinioConfig base) {
    var fields = Fields.of(value);
    var endpoint = fields.readIfThere("endpoint", v -> endpoint("endpoint", v.uri()));
    var publicEndpoint =
        fields.readIfThere("public-endpoint", v -> endpoint("public-endpoint", v.uri()));
    var bucket = fields.read("bucket", base.bucket, v -> bucket(v.text()));
    var accessKey = fields.readIfThere("access-key", Fields::secret);
    var secretKey = fields.readIfThere("secret-key", Fields::secret);
    var dialect = new Dialect(
        fields.read("region", base.dialect.region, Value::text),
        fields.read("path-style", base.dialect.pathStyle, Value::flag),
        fields.readIfThere("ca", Value::path));
    var image = fields.read("image", base.image, Value::text);
    fields.end();
    var keys = accessKey.flatMap(access -> secretKey.map(secret -> new Keys(access, secret)));
    return new MinioConfig(endpoint, publicEndpoint, bucket, keys, dialect, image);
  }

  private static URI endpoint(String key, URI uri) {
    var scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          key + " must be a URL such as http://127.0.0.1:9000, not \"" + uri + '"');
    }
    var path = uri.getRawPath();
    if (!(path.isEmpty() || path.equals("/")) || uri.getRawQuery() != null) {
      throw new IllegalArgumentException(
          key + " must be a URL without a path, such as http://127.0.0.1:9000: the bucket has a key"
              + " of its own, not \"" + uri + '"');
    }
    return uri;
  }

  private static String bucket(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "bucket must be 3 to 63 lower-case letters, digits, dots and dashes, not \"" + name
              + '"');
    }
    return name;
  }
}
