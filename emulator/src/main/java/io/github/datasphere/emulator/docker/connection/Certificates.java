package io.github.datasphere.emulator.docker.connection;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/** The files for TLS connections to an engine. */
final class Certificates {
  private static final String CA = "ca.pem";
  private static final String OWN = "cert.pem";
  private static final String KEY = "key.pem";

  private Certificates() {}

  static boolean areIn(Path folder) {
    return Stream.of(CA, OWN, KEY).allMatch(name -> Files.isReadable(folder.resolve(name)));
  }

  /** Whether there are certificates in the folder, so that the user wants them to be used. */
  static boolean areMeantToBeIn(Path folder) {
    return Stream.of(CA, OWN, KEY).anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /**
   * Makes the TLS settings from the files.
   *
   * @param origin setting that says that they are used
   * @throws DockerEngineException which names the file that is missing or damaged
   */
  static SSLConfig read(Path folder, String origin) throws DockerEngineException {
    if (!areIn(folder)) {
      throw DockerEngineException.misled(
          origin + ", but " + folder + " does not hold ca.pem, cert.pem and key.pem",
          origin.startsWith(DockerAddress.CONFIGURED)
              ? "put them there, or name the folder that holds them"
              : "put them there, or name their folder in DOCKER_CERT_PATH");
    }
    for (var name : List.of(CA, OWN, KEY)) {
      checkIsPem(folder.resolve(name));
    }
    try {
      var context = new LocalDirectorySSLConfig(folder.toString()).getSSLContext();
      return () -> context;
    } catch (RuntimeException e) {
      // The library says neither which file is wrong nor what is wrong with it
      checkIsCertificate(folder.resolve(CA));
      checkIsCertificate(folder.resolve(OWN));
      throw DockerEngineException.misled(
          "ca.pem, cert.pem and key.pem in " + folder + " do not make a TLS connection ("
              + DockerEngineException.root(e).getMessage() + ")",
          "put those there that belong together");
    }
  }

  private static void checkIsPem(Path file) throws DockerEngineException {
    try {
      if (!Files.readString(file).contains("-----BEGIN ")) {
        throw damaged(file, "it holds none");
      }
    } catch (DockerEngineException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static void checkIsCertificate(Path file) throws DockerEngineException {
    try (var content = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509").generateCertificate(content);
    } catch (IOException | CertificateException e) {
      throw damaged(file, "it is damaged");
    }
  }

  private static DockerEngineException damaged(Path file, String why) {
    return DockerEngineException.misled(
        "the " + (file.endsWith(KEY) ? "key" : "certificate") + " in " + file + " cannot be read: "
            + why,
        "put the engine's own there, as text in PEM");
  }
}
