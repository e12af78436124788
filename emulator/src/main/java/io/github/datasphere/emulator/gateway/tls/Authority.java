package io.github.datasphere.emulator.gateway.tls;

import io.github.datasphere.emulator.gateway.tls.CertificateMaker.Validity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * The key and the certificate that sign the others. This record only holds values; see
 * CertificateAuthority.
 */
record Authority(PrivateKey key, X509Certificate certificate) {
  static final Duration LIFE = Duration.ofDays(3650);
  static final Duration SERVER_LIFE = Duration.ofDays(397);

  /** How long before its end a certificate is replaced. */
  static final Duration MARGIN = Duration.ofDays(90);

  static final Duration SERVER_MARGIN = Duration.ofDays(30);

  /**
   * Certificates begin this much earlier, for clients whose clock is behind, as in a virtual
   * machine.
   */
  private static final Duration BACKDATED = Duration.ofDays(1);

  static Authority create(Instant now) throws GeneralSecurityException {
    var key = CertificateMaker.newKey();
    return new Authority(
        key.getPrivate(), CertificateMaker.authority(newName(), key, validity(now, LIFE)));
  }

  /**
   * Returns a renewed authority with the same name and key. Clients that trust the old certificate
   * also trust what the new one signs.
   */
  Authority renewed(Instant now) throws GeneralSecurityException {
    var pair = new KeyPair(certificate.getPublicKey(), key);
    var name = certificate.getSubjectX500Principal();
    return new Authority(key, CertificateMaker.authority(name, pair, validity(now, LIFE)));
  }

  boolean isDue(Instant now) {
    return isDue(certificate, MARGIN, now);
  }

  IssuedCertificate issue(Collection<String> names, Instant now) throws GeneralSecurityException {
    var pair = CertificateMaker.newKey();
    var validity = validity(now, SERVER_LIFE);
    var end = certificate.getNotAfter().toInstant();
    if (end.isBefore(validity.until())) {
      validity = new Validity(validity.from(), end);
    }
    var signed = CertificateMaker.server(names, pair.getPublic(), validity, certificate, key);
    return new IssuedCertificate(pair.getPrivate(), signed);
  }

  /** Whether this authority has signed the certificate, and it stays valid for a while. */
  boolean stillVouchesFor(X509Certificate server, Instant now) {
    try {
      server.verify(certificate.getPublicKey());
      return !isServerDue(server, now);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isServerDue(X509Certificate server, Instant now) {
    return isDue(server, SERVER_MARGIN, now);
  }

  /** Returns both as one text for one file, so that a crash cannot separate them. */
  String toPem() throws GeneralSecurityException {
    return Pem.of(key) + Pem.of(certificate);
  }

  static Authority ofPem(String text) throws GeneralSecurityException {
    return new Authority(Pem.ecKey(text), Pem.certificate(text));
  }

  /** Leaves the key out, since some key classes print their secret. */
  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal() + ']';
  }

  /** Whether it has to be replaced: it ends soon, or the clock was wrong when it was made. */
  private static boolean isDue(X509Certificate certificate, Duration margin, Instant now) {
    return now.isBefore(certificate.getNotBefore().toInstant())
        || now.isAfter(certificate.getNotAfter().toInstant().minus(margin));
  }

  private static Validity validity(Instant now, Duration life) {
    return new Validity(now.minus(BACKDATED), now.plus(life));
  }

  /**
   * Makes a name of its own for each authority, by which a client that trusts several finds the
   * right one.
   */
  private static X500Principal newName() {
    var id = new byte[4];
    new SecureRandom().nextBytes(id);
    return new X500Principal(
        "CN=DataSphere Jobs Emulator CA " + HexFormat.of().formatHex(id) + ",O=Local development");
  }
}
