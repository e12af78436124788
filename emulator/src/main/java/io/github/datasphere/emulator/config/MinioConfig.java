package io.github.datasphere.emulator.config;

import java.net.URI;
import java.util.Optional;

/**
 * The S3 server that keeps files.
 *
 * @param endpoint empty to start a MinIO container
 * @param image of that container
 */
public record MinioConfig(
    Optional<URI> endpoint,
    String bucket,
    Optional<Secret> accessKey,
    Optional<Secret> secretKey,
    Optional<String> region,
    String image) {

  public MinioConfig {
    endpoint.ifPresent(MinioConfig::endpoint);
    bucket(bucket);
    if (endpoint.isPresent() && (accessKey.isEmpty() || secretKey.isEmpty())) {
      throw new IllegalArgumentException(
          "an endpoint needs both access-key and secret-key, as text, {env: NAME} or {file: PATH}");
    }
  }

  public static MinioConfig defaults() {
    return new MinioConfig(
        Optional.empty(),
        "datasphere-emulator",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "minio/minio:latest");
  }

  static MinioConfig read(Value value, MinioConfig base) {
    var fields = value.fields();
    var endpoint = fields.readIfThere("endpoint", v -> endpoint(v.uri()));
    var bucket = fields.read("bucket", base.bucket, v -> bucket(v.text()));
    var accessKey = fields.readIfThere("access-key", Value::secret);
    var secretKey = fields.readIfThere("secret-key", Value::secret);
    var region = fields.readIfThere("region", Value::text);
    var image = fields.read("image", base.image, Value::text);
    fields.end();
    return new MinioConfig(endpoint, bucket, accessKey, secretKey, region, image);
  }

  private static URI endpoint(URI uri) {
    var scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "endpoint must be a URL such as http://127.0.0.1:9000, not \"" + uri + '"');
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
