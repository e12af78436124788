package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the certificates of a file in addition to those that the platform trusts. */
record TrustedCertificates(SSLSocketFactory sockets, X509TrustManager manager) {
  /**
   * Reads the file.
   *
   * @throws StorageException if it holds no certificates in PEM
   */
  static TrustedCertificates of(Path ca) throws StorageException {
    try {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (var certificate : manager(null).getAcceptedIssuers()) {
        trusted.setCertificateEntry("platform-" + trusted.size(), certificate);
      }
      try (var pem = Files.newInputStream(ca)) {
        var own = CertificateFactory.getInstance("X.509").generateCertificates(pem);
        if (own.isEmpty()) {
          throw new CertificateException("it is empty");
        }
        for (var certificate : own) {
          trusted.setCertificateEntry("own-" + trusted.size(), certificate);
        }
      }
      var manager = manager(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new TrustedCertificates(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException | IOException e) {
      throw new StorageException(
          StorageException.Reason.REFUSED,
          "The certificates in " + ca + " cannot be read (" + e
              + "). Let storage.minio.ca name a file of certificates in PEM.",
          e);
    }
  }

  /**
   * Returns a manager that trusts what this store does; without a store, what the platform does.
   */
  private static X509TrustManager manager(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
