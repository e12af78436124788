package io.github.datasphere.emulator.gateway;

import io.github.datasphere.emulator.gateway.CertificateMaker.Validity;
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

/** The key and the certificate that sign the others. Values only; see CertificateAuthority. */
record Authority(PrivateKey key, X509Certificate certificate) {
  static final Duration LIFE = Duration.ofDays(3650);
  static final Duration SERVER_LIFE = Duration.ofDays(397);

  /** How long before its end each is replaced. */
  static final Duration MARGIN = Duration.ofDays(90);

  static final Duration SERVER_MARGIN = Duration.ofDays(30);

  /** For clients whose clock is behind, such as one in a virtual machine. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  static Authority create(Instant now) throws GeneralSecurityException {
    var key = CertificateMaker.newKey();
    return new Authority(
        key.getPrivate(), CertificateMaker.authority(newName(), key, validity(now, LIFE)));
  }

  /**
   * With the same name and key: what trusts the old certificate also trusts what this one signs.
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
    var signed = CertificateMaker.server(names, pair.getPublic(), validity, this);
    return new IssuedCertificate(pair.getPrivate(), signed);
  }

  /** Whether a certificate that this authority may have signed is good, and will be for a while. */
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

  /** For a file: both in one, so that a crash cannot part them. */
  String toPem() throws GeneralSecurityException {
    return Pem.of(key) + Pem.of(certificate);
  }

  static Authority ofPem(String text) throws GeneralSecurityException {
    return new Authority(Pem.ecKey(text), Pem.certificate(text));
  }

  /** Without the key: some key classes print their secret. */
  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal() + ']';
  }

  /** A clock that was wrong when the certificate was made is a reason to make it again. */
  private static boolean isDue(X509Certificate certificate, Duration margin, Instant now) {
    return now.isBefore(certificate.getNotBefore().toInstant())
        || now.isAfter(certificate.getNotAfter().toInstant().minus(margin));
  }

  private static Validity validity(Instant now, Duration life) {
    return new Validity(now.minus(BACKDATED), now.plus(life));
  }

  /** Of its own for each authority: a client that trusts several finds the right one by name. */
  private static X500Principal newName() {
    var id = new byte[4];
    new SecureRandom().nextBytes(id);
    return new X500Principal(
        "CN=DataSphere Jobs Emulator CA " + HexFormat.of().formatHex(id) + ",O=Local development");
  }
}
