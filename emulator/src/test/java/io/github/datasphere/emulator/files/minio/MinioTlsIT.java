package io.github.datasphere.emulator.files.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.files.minio.MinioSettings.Dialect;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate comes from an authority that nobody knows. */
class MinioTlsIT {
  private static final Times NOW = new Times(Clock.systemUTC(), Clock.systemUTC());

  @TempDir
  private Path folder;

  private Path ca;
  private MinioServer server;

  @BeforeEach
  void start() throws Exception {
    var authority = CertificateAuthority.open(folder.resolve("ca"), Clock.systemUTC());
    ca = authority.certificateFile();
    var issued = authority.issue(List.of("127.0.0.1", "localhost"));
    var certificates = Files.createDirectories(folder.resolve("certs"));
    Files.writeString(
        certificates.resolve("public.crt"),
        pem("CERTIFICATE", issued.certificate().getEncoded()));
    Files.writeString(
        certificates.resolve("private.key"), pem("PRIVATE KEY", issued.key().getEncoded()));
    server = MinioServer.start(folder);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void itsOwnAuthorityIsTrustedIfItIsNamed() throws Exception {
    var settings = trusting(ca);
    var content = new byte[3_000_000];
    try (var store = MinioFileStore.open(settings, NOW);
        var staged =
            store.stage(new ProjectId("p"), new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();

      assertThat(settings.endpoint()).hasScheme("https");
      assertThat(store.size(staged.key())).hasValue(content.length);
    }
  }

  @Test
  void withoutItTheConfigurationKeyIsNamed() {
    assertThatThrownBy(() -> MinioFileStore.open(server.settings(), NOW))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("storage.minio.ca");
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    var empty = Files.writeString(folder.resolve("empty.pem"), "");

    assertThatThrownBy(() -> MinioFileStore.open(trusting(empty), NOW))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("empty.pem")
        .hasMessageContaining("PEM");
  }

  private MinioSettings trusting(Path file) {
    return MinioTroubleIT.with(
        server.settings(), new Dialect("us-east-1", true, Optional.of(file)));
  }

  private static String pem(String label, byte[] content) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
