package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Writes and reads keys and certificates as PEM text, with the JDK alone. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  private Pem() {}

  static String of(X509Certificate certificate) throws GeneralSecurityException {
    return block(CERTIFICATE, certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return block(PRIVATE_KEY, key.getEncoded());
  }

  public static X509Certificate certificate(String text) throws GeneralSecurityException {
    var encoded = new ByteArrayInputStream(content(CERTIFICATE, text));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(encoded);
  }

  static PrivateKey ecKey(String text) throws GeneralSecurityException {
    var encoded = new PKCS8EncodedKeySpec(content(PRIVATE_KEY, text));
    return KeyFactory.getInstance("EC").generatePrivate(encoded);
  }

  private static String block(String label, byte[] content) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return begin(label) + '\n' + body + '\n' + end(label) + '\n';
  }

  private static byte[] content(String label, String text) throws GeneralSecurityException {
    var begin = text.indexOf(begin(label));
    var end = text.indexOf(end(label), Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new GeneralSecurityException("there is no whole block '" + label + "' in it");
    }
    var body = text.substring(begin + begin(label).length(), end);
    return Base64.getMimeDecoder().decode(body.getBytes(US_ASCII));
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
