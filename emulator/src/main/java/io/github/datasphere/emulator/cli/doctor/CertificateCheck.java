package io.github.datasphere.emulator.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The certificate that clients have to trust. */
final class CertificateCheck implements Check {
  private final Path ca;
  private final Instant now;

  CertificateCheck(Path ca, Instant now) {
    this.ca = ca;
    this.now = now;
  }

  @Override
  public String subject() {
    return "CA";
  }

  @Override
  public List<Finding> run() {
    try (var pem = Files.newInputStream(ca)) {
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      var end = certificate.getNotAfter().toInstant();
      return List.of(
          now.isAfter(end)
              ? Finding.problem(ca + " expired at " + end, "restart the server: it makes a new one")
              : Finding.ok(ca + " is good until " + end));
    } catch (IOException | CertificateException e) {
      return List.of(Finding.problem(
          "the server's certificate " + ca + " cannot be read: " + e.getMessage(),
          "restart the server: it makes a new one"));
    }
  }
}
