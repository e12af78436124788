package io.github.datasphere.emulator.gateway.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The emulator's own certificate authority, kept in a folder: made at the first use, and renewed
 * with the same key and name before it expires, so that a client that still has the earlier
 * certificate keeps working. Its key is readable by its owner alone.
 *
 * <p>Two processes may open one folder at once; both then use the same authority. Safe for use by
 * several threads.
 */
public final class CertificateAuthority {
  private static final String KEY_FILE = "ca-key.pem";
  private static final String CERTIFICATE_FILE = "ca.pem";
  private static final String BUNDLE_FILE = "ca-bundle.pem";
  private static final String SERVER_FILE = "server.pem";

  private final CertificateFolder folder;
  private final Clock clock;
  private Authority authority;

  private CertificateAuthority(CertificateFolder folder, Clock clock, Authority authority) {
    this.folder = folder;
    this.clock = clock;
    this.authority = authority;
  }

  /**
   * Opens the authority of this folder, or makes it.
   *
   * @param path the folder; made, open to its owner alone, if it does not exist
   * @param clock the clock by which clients judge certificates, so the system's and not a test's
   * @throws IOException if the folder cannot be read or written, or if its content is no authority;
   *     the message says what to do
   */
  public static CertificateAuthority open(Path path, Clock clock) throws IOException {
    try {
      var folder = CertificateFolder.open(path, clock.instant());
      if (folder.read(KEY_FILE).isEmpty()) {
        folder.writeSecretOnce(KEY_FILE, Authority.create(clock.instant()).toPem());
      }
      folder.keepSecret(KEY_FILE);
      var kept = Authority.ofPem(folder.read(KEY_FILE).orElse(""));
      var opened = new CertificateAuthority(folder, clock, kept);
      opened.publish(opened.current());
      return opened;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The certificate authority in "
              + path
              + " cannot be used: "
              + e.getMessage()
              + ". Delete that folder: a new one is made at the next start, and clients then need"
              + " its new "
              + CERTIFICATE_FILE
              + '.',
          e);
    } catch (IOException e) {
      throw new IOException(
          "The folder "
              + path
              + " for the emulator's certificate authority cannot be read or written ("
              + e
              + "). Make it writable, or choose another data directory.",
          e);
    }
  }

  /** Returns the authority's certificate as PEM, which a client has to trust. */
  public Path certificateFile() {
    return folder.file(CERTIFICATE_FILE);
  }

  /**
   * Writes the authority's certificate together with other roots as PEM: for variables such as
   * {@code REQUESTS_CA_BUNDLE}, whose file replaces the roots that a program would use.
   *
   * @param roots the file or folder of the roots to add, such as the user's own value of that
   *     variable; empty for the system's
   * @return the file, which every call writes again
   * @throws IOException if those roots cannot be read or the bundle cannot be written
   */
  public Path bundleFile(Optional<Path> roots) throws IOException {
    try {
      folder.replacePublic(BUNDLE_FILE, Pem.of(current().certificate()) + others(roots));
      return folder.file(BUNDLE_FILE);
    } catch (GeneralSecurityException e) {
      throw new IOException("The trusted roots of this machine cannot be read: " + e, e);
    }
  }

  private static String others(Optional<Path> roots) throws IOException, GeneralSecurityException {
    if (roots.isEmpty()) {
      return TrustedRoots.ofSystem();
    }
    try {
      return TrustedRoots.of(roots.get());
    } catch (IOException e) {
      throw new IOException(
          "The trusted roots in "
              + roots.get()
              + " cannot be read ("
              + e
              + "). Correct the variable that names them, such as REQUESTS_CA_BUNDLE.",
          e);
    }
  }

  /**
   * Makes a key and a certificate for it, and stores neither.
   *
   * @param names host names and IP addresses
   * @throws IOException if that fails, with the names in its message
   */
  public IssuedCertificate issue(Collection<String> names) throws IOException {
    try {
      return current().issue(names, clock.instant());
    } catch (GeneralSecurityException e) {
      throw new IOException("No certificate can be made for " + names + ": " + e, e);
    }
  }

  /**
   * Returns the stored certificate for these names if it stays valid for a while; otherwise makes
   * and stores a new one. It stores one set of names at a time.
   *
   * @throws IOException if a new one cannot be made or written
   */
  public IssuedCertificate kept(Collection<String> names) throws IOException {
    var label = "names: " + String.join(" ", new TreeSet<>(names)) + '\n';
    try {
      var found = parse(folder.read(SERVER_FILE).orElse(""), label);
      if (found.isPresent()
          && current().stillVouchesFor(found.get().certificate(), clock.instant())) {
        return found.get();
      }
      var made = issue(names);
      folder.replaceSecret(SERVER_FILE, label + Pem.of(made.key()) + Pem.of(made.certificate()));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("No certificate can be made for " + names + ": " + e, e);
    }
  }

  /** Whether this certificate has to be replaced by now. */
  boolean isDue(IssuedCertificate issued) {
    return Authority.isServerDue(issued.certificate(), clock.instant());
  }

  private static Optional<IssuedCertificate> parse(String text, String label) {
    if (!text.startsWith(label)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IssuedCertificate(Pem.ecKey(text), Pem.certificate(text)));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // it is damaged; a new one is as good
    }
  }

  private synchronized Authority current() throws IOException, GeneralSecurityException {
    if (authority.isDue(clock.instant())) {
      authority = authority.renewed(clock.instant());
      folder.replaceSecret(KEY_FILE, authority.toPem());
      publish(authority);
    }
    return authority;
  }

  private void publish(Authority current) throws IOException, GeneralSecurityException {
    var certificate = Pem.of(current.certificate());
    if (!folder.read(CERTIFICATE_FILE).equals(Optional.of(certificate))) {
      folder.replacePublic(CERTIFICATE_FILE, certificate);
    }
  }
}
