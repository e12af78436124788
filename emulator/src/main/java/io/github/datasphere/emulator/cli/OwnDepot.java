package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.client.files.Depot;
import io.github.datasphere.emulator.wiring.DirectUploads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Puts the files of a run straight into the storage of the emulator that the run has started. */
record OwnDepot(DirectUploads uploads, String project) implements Depot {
  @Override
  public Deposit take(InputStream content) throws IOException {
    return new Stored(uploads.take(project, content));
  }

  private record Stored(DirectUploads.Upload upload) implements Deposit {
    @Override
    public String sha256() {
      return upload.sha256();
    }

    @Override
    public long sizeBytes() {
      return upload.sizeBytes();
    }

    @Override
    public void handOver(String url) throws IOException {
      upload.publish(URI.create(url));
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
