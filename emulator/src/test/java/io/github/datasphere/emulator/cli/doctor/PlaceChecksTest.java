package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceChecksTest {
  @TempDir
  Path folder;

  @Test
  void aPortInUseIsAProblemThatNamesItsOption() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var network =
          new NetworkConfig("127.0.0.1", Optional.empty(), 0, 0, taken.getLocalPort(), 0, false);
      assertThat(new PortsCheck(network, false).run()).singleElement().satisfies(finding -> {
        assertThat(finding.level()).isEqualTo(Level.PROBLEM);
        assertThat(finding.text()).contains("port " + taken.getLocalPort());
        assertThat(finding.mend())
            .hasValueSatisfying(mend -> assertThat(mend).contains("--tls-port"));
      });
      assertThat(new PortsCheck(network, true).run())
          .containsExactly(Finding.ok("a server is running and uses them"));
    }
  }

  @Test
  void freePortsAreGood() {
    assertThat(new PortsCheck(NetworkConfig.onFreePorts(), false).run())
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void aDataDirectoryThatIsStillToBeMadeIsGood() {
    var storage = StorageConfig.defaults().inDataDir(folder.resolve("a/b"));
    assertThat(new DataCheck(storage).run())
        .singleElement()
        .satisfies(finding -> assertThat(finding.text())
            .contains(folder.resolve("a/b").toString())
            .contains("free"));
  }

  @Test
  void aDataDirectoryBelowAFileIsAProblem() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    var storage = StorageConfig.defaults().inDataDir(file.resolve("data"));
    assertThat(new DataCheck(storage).run())
        .extracting(Finding::level)
        .containsExactly(Level.PROBLEM);
  }

  @Test
  void anS3ServerThatDoesNotAnswerIsAProblem() {
    assertThat(new DataCheck(minioAt("http://127.0.0.1:1")).run())
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.PROBLEM))
        .satisfies(
            finding -> assertThat(finding.text()).contains("http://127.0.0.1:1/jobs", "Start it"));
  }

  @Test
  void aMissingCertificateIsAProblem() {
    var check = new CertificateCheck(folder.resolve("ca.pem"), Instant.EPOCH);
    assertThat(check.run()).extracting(Finding::level).containsExactly(Level.PROBLEM);
  }

  @Test
  void anExpiredCertificateIsAProblem() throws IOException {
    var made = Instant.parse("2026-01-01T00:00:00Z");
    var ca =
        CertificateAuthority.open(folder, Clock.fixed(made, ZoneOffset.UTC)).certificateFile();
    assertThat(new CertificateCheck(ca, made).run())
        .extracting(Finding::level)
        .containsExactly(Level.OK);
    assertThat(new CertificateCheck(ca, made.plus(Duration.ofDays(36_500))).run())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.PROBLEM);
          assertThat(finding.text()).contains(ca + " expired at ");
        });
  }

  private static StorageConfig minioAt(String endpoint) {
    var minio = new MinioConfig(
        Optional.of(URI.create(endpoint)),
        Optional.empty(),
        "jobs",
        Optional.of(new MinioConfig.Keys(new Secret("k"), new Secret("k"))),
        MinioConfig.Dialect.usual(),
        "i");
    return new StorageConfig(Optional.empty(), StorageKind.MINIO, minio, UrlLifetimes.defaults());
  }
}
