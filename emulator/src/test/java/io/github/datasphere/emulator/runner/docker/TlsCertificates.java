package io.github.datasphere.emulator.runner.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Certificates of an engine on this machine and of those who may use it; the client's lie under the
 * names that Docker wants.
 */
record TlsCertificates(Path folder) {
  private static final String MAKE = """
      set -e
      openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca-key.pem -out ca.pem
      sign() {
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$2" -out request.pem
        printf '%s\\n' "$4" > extensions
        openssl x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial \
          -extfile extensions -out "$3"
      }
      sign client key.pem cert.pem extendedKeyUsage=clientAuth
      sign localhost server-key.pem server.pem 'subjectAltName=DNS:localhost,IP:127.0.0.1'
      """;

  static TlsCertificates make(Path folder) throws IOException, InterruptedException {
    var log = folder.resolve("openssl.log");
    var made = RealEngine.started(new ProcessBuilder("bash", "-c", MAKE)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile()))
        .waitFor();
    if (made != 0) {
      throw new IOException(Files.readString(log));
    }
    return new TlsCertificates(folder);
  }

  /** For {@code dockerd}. */
  List<String> options() {
    return List.of(
        "--tlsverify",
        "--tlscacert=" + folder.resolve("ca.pem"),
        "--tlscert=" + folder.resolve("server.pem"),
        "--tlskey=" + folder.resolve("server-key.pem"));
  }
}
