package io.github.datasphere.emulator.base;

import java.util.List;

/**
 * A library that tests of clients do not need, and so is no transitive dependency. Code that is
 * about to use one calls {@link #require} first; otherwise a user would see a bare missing class.
 */
public enum OptionalLibrary {
  CERTIFICATES(
      "TLS, the CONNECT port and offline mode",
      "org.bouncycastle:bcpkix-jdk18on",
      "org/bouncycastle/cert/X509v3CertificateBuilder.class",
      "org/bouncycastle/asn1/ASN1Object.class"),
  DATABASE(
      "A data directory",
      "com.h2database:h2 and org.jdbi:jdbi3-core",
      "org/h2/Driver.class",
      "org/jdbi/v3/core/Jdbi.class"),
  ENGINE(
      "Containers (the runner docker, and storage minio without an endpoint)",
      "com.github.docker-java:docker-java-core and"
          + " com.github.docker-java:docker-java-transport-zerodep",
      "com/github/dockerjava/core/DockerClientImpl.class",
      "com/github/dockerjava/zerodep/ZerodepDockerHttpClient.class"),
  S3(
      "Storage minio",
      "io.minio:minio and com.squareup.okhttp3:okhttp-jvm",
      "io/minio/MinioAsyncClient.class",
      "okhttp3/OkHttpClient.class");

  private final String use;
  private final String coordinates;
  private final List<String> classes;

  OptionalLibrary(String use, String coordinates, String... classes) {
    this.use = use;
    this.coordinates = coordinates;
    this.classes = List.of(classes);
  }

  public boolean isThere() {
    var loader = OptionalLibrary.class.getClassLoader();
    return classes.stream().allMatch(name -> loader.getResource(name) != null);
  }

  /** Says in a sentence what is missing, and what to do. */
  public String advice() {
    return use + " needs libraries that are optional: add " + coordinates
        + " to the class path, as dependencies beside the emulator, or use the executable jar";
  }

  /**
   * Does nothing if the library is there.
   *
   * @throws ExplainedException if it is not; the message names the dependency to add
   */
  public void require() {
    if (!isThere()) {
      throw new ExplainedException(advice(), null);
    }
  }
}
