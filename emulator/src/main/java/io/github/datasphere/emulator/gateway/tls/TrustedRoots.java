package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities that programs on this machine trust already, as PEM. */
final class TrustedRoots {
  /** The files of Debian, Alpine and Arch; Fedora; openSUSE; macOS. */
  private static final List<Path> USUAL_FILES = List.of(
      Path.of("/etc/ssl/certs/ca-certificates.crt"),
      Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
      Path.of("/etc/ssl/ca-bundle.pem"),
      Path.of("/etc/ssl/cert.pem"));

  private TrustedRoots() {}

  /** @param path a PEM file, or a folder of such files */
  static String of(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return read(path);
    }
    var text = new StringBuilder();
    try (var files = Files.list(path)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var content = read(file);
        text.append(content.contains("-----BEGIN CERTIFICATE-----") ? content : "");
      }
    }
    return text.toString();
  }

  /** Reads a file as Latin-1, since bundles have names in any encoding as comments. */
  private static String read(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }

  static String ofSystem() throws IOException, GeneralSecurityException {
    for (var file : USUAL_FILES) {
      if (Files.isReadable(file)) {
        return of(file);
      }
    }
    return ofJava();
  }

  /** Returns the roots of Java, for systems without such a file. */
  static String ofJava() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    @Nullable KeyStore theDefault = null;
    factory.init(theDefault);
    var text = new StringBuilder();
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (var root : x509.getAcceptedIssuers()) {
          text.append(Pem.of(root));
        }
      }
    }
    return text.toString();
  }
}
