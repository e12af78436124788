package io.github.datasphere.emulator.gateway.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A server certificate and its key.
 *
 * @param certificate signed directly by the emulator's authority, so it is the whole chain that a
 *     server has to send
 */
public record IssuedCertificate(PrivateKey key, X509Certificate certificate) {

  /** Leaves the key out, since some key classes print their secret. */
  @Override
  public String toString() {
    return "IssuedCertificate[serial " + certificate.getSerialNumber().toString(16) + ']';
  }
}
