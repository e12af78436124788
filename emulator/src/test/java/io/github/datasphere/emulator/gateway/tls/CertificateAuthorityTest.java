package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir
  Path temp;

  @Test
  void keysAreReadableByTheirOwnerAlone() throws Exception {
    open(NOW).kept(Set.of("localhost"));
    assertThat(permissions(folder())).isEqualTo("rwx------");
    assertThat(permissions(folder().resolve("ca-key.pem"))).isEqualTo("rw-------");
    assertThat(permissions(folder().resolve("server.pem"))).isEqualTo("rw-------");
  }

  @Test
  void keyThatOthersCouldReadIsClosedToThem() throws Exception {
    open(NOW);
    var key = folder().resolve("ca-key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    open(NOW);
    assertThat(permissions(key)).isEqualTo("rw-------");
  }

  @Test
  void everyOpenOfAFolderGivesTheSameAuthority() throws Exception {
    var first = Files.readString(open(NOW).certificateFile());
    var second = Files.readString(open(NOW.plus(Duration.ofDays(1000))).certificateFile());
    assertThat(second).isEqualTo(first);
  }

  @Test
  void openedAtOnceFromManySidesItIsMadeOnce() throws Exception {
    var start = new CountDownLatch(1);
    Callable<IssuedCertificate> opening = () -> {
      start.await();
      return open(NOW).issue(Set.of("localhost"));
    };
    var threads = Executors.newFixedThreadPool(8);
    try {
      var issued = new ArrayList<IssuedCertificate>();
      var pending = List.of(1, 2, 3, 4, 5, 6, 7, 8).stream()
          .map(n -> threads.submit(opening))
          .toList();
      start.countDown();
      for (var one : pending) {
        issued.add(one.get());
      }
      var authority = certificate(open(NOW).certificateFile());
      assertThat(issued).allSatisfy(one -> one.certificate().verify(authority.getPublicKey()));
    } finally {
      threads.shutdownNow();
    }
    assertThat(names()).containsExactlyInAnyOrder("ca-key.pem", "ca.pem");
  }

  @Test
  void crashBeforeThePublicPartWasWrittenIsMadeGood() throws Exception {
    var before = Files.readString(open(NOW).certificateFile());
    Files.delete(folder().resolve("ca.pem"));
    assertThat(Files.readString(open(NOW).certificateFile())).isEqualTo(before);
  }

  @Test
  void whatACrashLeftUnfinishedGoesAwayButNotWhatIsBeingWritten() throws Exception {
    open(NOW);
    var abandoned = Files.writeString(folder().resolve(".1.unfinished"), "-----BEGIN");
    Files.setLastModifiedTime(abandoned, FileTime.from(NOW.minus(Duration.ofHours(1))));
    var fresh = Files.writeString(folder().resolve(".2.unfinished"), "-----BEGIN");
    Files.setLastModifiedTime(fresh, FileTime.from(NOW));
    open(NOW);
    assertThat(abandoned).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void damagedKeyFileIsRefusedWithAdvice() throws Exception {
    open(NOW);
    Files.writeString(folder().resolve("ca-key.pem"), "-----BEGIN PRIVATE KEY-----\nMIG");
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder().toString())
        .hasMessageContaining("Delete that folder");
  }

  @Test
  void fileInTheFoldersPlaceIsRefusedWithAdvice() throws Exception {
    Files.writeString(folder(), "");
    assertThatThrownBy(() -> open(NOW)).hasMessageContaining("choose another data directory");
  }

  @Test
  void isRenewedBeforeItExpiresAndOldClientsStillTrustIt() throws Exception {
    var old = certificate(open(NOW).certificateFile());
    var later = NOW.plus(Authority.LIFE).minus(Duration.ofDays(60));
    var authority = open(later);
    var renewed = certificate(authority.certificateFile());
    assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
    assertThat(renewed.getSubjectX500Principal()).isEqualTo(old.getSubjectX500Principal());
    var server = authority.issue(Set.of("localhost")).certificate();
    assertThatCode(() -> server.verify(old.getPublicKey())).doesNotThrowAnyException();
  }

  @Test
  void isRenewedWhileInUse() throws Exception {
    var clock = new MovableClock(NOW);
    var authority = CertificateAuthority.open(folder(), clock);
    var before = Files.readString(authority.certificateFile());
    clock.moveTo(NOW.plus(Authority.LIFE).minus(Duration.ofDays(60)));
    authority.issue(Set.of("localhost"));
    assertThat(Files.readString(authority.certificateFile())).isNotEqualTo(before);
  }

  @Test
  void madeUnderAClockThatWasAheadItIsMadeAgain() throws Exception {
    open(NOW.plus(Duration.ofDays(400)));
    var repaired = certificate(open(NOW).certificateFile());
    assertThatCode(() -> repaired.checkValidity(Date.from(NOW))).doesNotThrowAnyException();
  }

  @Test
  void serverCertificateDoesNotOutliveItsAuthority() throws Exception {
    var nearTheEnd = NOW.plus(Authority.LIFE).minus(Duration.ofDays(100));
    var authority = open(NOW);
    var server = open(nearTheEnd).issue(Set.of("localhost")).certificate();
    assertThat(server.getNotAfter())
        .isEqualTo(certificate(authority.certificateFile()).getNotAfter());
  }

  @Test
  void keptCertificateIsTheSameAtEveryStart() throws Exception {
    var first = open(NOW).kept(Set.of("localhost", "a.example"));
    var second = open(NOW.plus(Duration.ofDays(300))).kept(Set.of("a.example", "localhost"));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void keptCertificateIsReplacedBeforeItExpires() throws Exception {
    var first = open(NOW).kept(Set.of("localhost"));
    var later = NOW.plus(Authority.SERVER_LIFE).minus(Duration.ofDays(20));
    var second = open(later).kept(Set.of("localhost"));
    assertThat(second.certificate().getNotAfter()).isAfter(first.certificate().getNotAfter());
    assertThat(open(later).kept(Set.of("localhost"))).isEqualTo(second);
  }

  @Test
  void keptCertificateIsReplacedForOtherNames() throws Exception {
    open(NOW).kept(Set.of("localhost"));
    var other = open(NOW).kept(Set.of("localhost", "build.example"));
    assertThat(other.certificate().getSubjectAlternativeNames())
        .contains(List.of(2, "build.example"));
  }

  @Test
  void keptCertificateOfAnotherAuthorityIsReplaced() throws Exception {
    var foreign = open(NOW).kept(Set.of("localhost"));
    Files.delete(folder().resolve("ca-key.pem"));
    assertThat(open(NOW).kept(Set.of("localhost"))).isNotEqualTo(foreign);
  }

  @Test
  void damagedKeptCertificateIsReplaced() throws Exception {
    var first = open(NOW).kept(Set.of("localhost"));
    var file = folder().resolve("server.pem");
    Files.writeString(file, Files.readString(file).substring(0, 200));
    assertThat(open(NOW).kept(Set.of("localhost"))).isNotEqualTo(first);
  }

  @Test
  void bundleHoldsTheAuthorityAndTheSystemsRoots() throws Exception {
    var authority = open(NOW);
    var bundle = Files.readString(authority.bundleFile(Optional.empty()));
    assertThat(bundle)
        .startsWith(Files.readString(authority.certificateFile()))
        .endsWith(TrustedRoots.ofSystem());
    assertThat(TrustedRoots.ofSystem()).contains("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void bundleTakesTheUsersRootsInsteadOfTheSystems() throws Exception {
    var roots = temp.resolve("corporate.pem");
    Files.write(roots, "# Caf\u00e9 root\n".getBytes(ISO_8859_1));
    var bundle = Files.readAllBytes(open(NOW).bundleFile(Optional.of(roots)));
    assertThat(new String(bundle, UTF_8)).endsWith("# Caf\u00e9 root\n");
  }

  @Test
  void rootsMayBeAFolder() throws Exception {
    var roots = Files.createDirectory(temp.resolve("roots"));
    var root = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";
    Files.writeString(roots.resolve("one.pem"), root);
    Files.writeString(roots.resolve("README"), "no certificate");
    assertThat(Files.readString(open(NOW).bundleFile(Optional.of(roots))))
        .endsWith("-----END CERTIFICATE-----\n" + root);
  }

  @Test
  void missingRootsAreReportedWithAdvice() {
    assertThatThrownBy(() -> open(NOW).bundleFile(Optional.of(temp.resolve("missing.pem"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing.pem")
        .hasMessageContaining("REQUESTS_CA_BUNDLE");
  }

  @Test
  void systemWithoutARootsFileUsesThoseOfJava() throws Exception {
    assertThat(TrustedRoots.ofJava()).contains("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void nothingPrintsAKey() throws Exception {
    var issued = open(NOW).kept(Set.of("localhost"));
    assertThat(issued.toString()).doesNotContain("private").doesNotContain("Private");
  }

  private CertificateAuthority open(Instant now) throws IOException {
    return CertificateAuthority.open(folder(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private Path folder() {
    return temp.resolve("ca");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static X509Certificate certificate(Path file) throws Exception {
    return Pem.certificate(Files.readString(file));
  }
}
