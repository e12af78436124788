package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An archive from the engine that keeps the names of its entries as bytes. */
public final class DockerTar extends TarArchiveInputStream {
  private final TarNames names;

  public DockerTar(InputStream archive) {
    this(new TarNames(archive));
  }

  private DockerTar(TarNames names) {
    super(names, UTF_8.name());
    this.names = names;
  }

  /** Returns the names of the entry that was read last. */
  public TarNames names() {
    return names;
  }
}
