package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.tar.TarFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;

/** An image of one layer, with what it is to say of itself. */
final class HandMadeImage implements AutoCloseable {
  private final DockerEngine engine;
  private final String name;

  /**
   * Gives it to the engine.
   *
   * @param architecture that it says it is made for
   * @param programs by path, without the first slash
   */
  HandMadeImage(DockerEngine engine, String what, String architecture, Map<String, byte[]> programs)
      throws IOException {
    this.engine = engine;
    this.name = "datasphere-emulator-test-" + what + ":test";
    var layer = tar(programs).readAllBytes();
    var config = """
        {"architecture": "%s", "os": "linux", "config": {},
         "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
        """.formatted(architecture, sha256(layer));
    var manifest = """
        [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
        """.formatted(name);
    try (var image = tar(Map.of(
        "config.json", config.getBytes(UTF_8),
        "manifest.json", manifest.getBytes(UTF_8),
        "layer.tar", layer))) {
      engine.client().loadImageCmd(image).exec();
    }
  }

  String name() {
    return name;
  }

  @Override
  public void close() throws DockerEngineException {
    engine.tell(() -> engine.client().removeImageCmd(name).withForce(true).exec());
  }

  private static InputStream tar(Map<String, byte[]> files) {
    Queue<ArchiveStream.Entry> entries = new ArrayDeque<>();
    files.forEach((path, content) -> entries.add(new ArchiveStream.Entry(
        path, content.length, FileTime.fromMillis(0), () -> new ByteArrayInputStream(content))));
    return new ArchiveStream(entries::poll, TarFormat::new);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
