package io.github.datasphere.emulator.gateway.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Makes keys and certificates. This is the only class that needs Bouncy Castle, so a server that
 * finds its certificates on disk never loads it.
 */
final class CertificateMaker {
  private static final int SERIAL_BITS = 127;

  /** The time in which a certificate is valid. */
  record Validity(Instant from, Instant until) {}

  private CertificateMaker() {}

  static KeyPair newKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static X509Certificate authority(X500Principal name, KeyPair key, Validity validity)
      throws GeneralSecurityException {
    var builder = new JcaX509v3CertificateBuilder(
        name,
        serial(),
        Date.from(validity.from()),
        Date.from(validity.until()),
        name,
        key.getPublic());
    var keyIds = new JcaX509ExtensionUtils();
    critical(builder, Extension.basicConstraints, new BasicConstraints(0));
    critical(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    add(
        builder,
        Extension.subjectKeyIdentifier,
        keyIds.createSubjectKeyIdentifier(key.getPublic()));
    return sign(builder, key.getPrivate());
  }

  /**
   * Makes a server certificate with the extensions that OpenSSL's strict mode demands; Python 3.13
   * switches that mode on.
   */
  static X509Certificate server(
      Collection<String> names,
      PublicKey key,
      Validity validity,
      X509Certificate authority,
      PrivateKey signer)
      throws GeneralSecurityException {
    var builder = new JcaX509v3CertificateBuilder(
        authority,
        serial(),
        Date.from(validity.from()),
        Date.from(validity.until()),
        new X500Principal("CN=DataSphere Jobs Emulator"),
        key);
    var keyIds = new JcaX509ExtensionUtils();
    critical(builder, Extension.basicConstraints, new BasicConstraints(false));
    critical(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
    add(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    add(builder, Extension.subjectKeyIdentifier, keyIds.createSubjectKeyIdentifier(key));
    add(
        builder,
        Extension.authorityKeyIdentifier,
        keyIds.createAuthorityKeyIdentifier(authority.getPublicKey()));
    add(builder, Extension.subjectAlternativeName, alternativeNames(names));
    return sign(builder, signer);
  }

  private static GeneralNames alternativeNames(Collection<String> names) {
    return new GeneralNames(names.stream()
        .map(name -> new GeneralName(
            IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
        .toArray(GeneralName[]::new));
  }

  private static void critical(
      X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, ASN1Encodable value)
      throws GeneralSecurityException {
    add(builder, id, true, value);
  }

  private static void add(
      X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, ASN1Encodable value)
      throws GeneralSecurityException {
    add(builder, id, false, value);
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier id,
      boolean critical,
      ASN1Encodable value)
      throws GeneralSecurityException {
    try {
      builder.addExtension(id, critical, value);
    } catch (CertIOException e) {
      throw new GeneralSecurityException("extension " + id + " cannot be encoded", e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("this Java cannot sign with SHA256withECDSA", e);
    }
  }
}
