package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A file store that lets a test do something right after it has looked for a file. */
public final class HookedFiles implements FileStore {
  private final FileStore files;
  private Runnable afterNextLook = () -> {};

  HookedFiles(FileStore files) {
    this.files = files;
  }

  public void afterNextLook(Runnable task) {
    afterNextLook = task;
  }

  @Override
  public OptionalLong size(FileKey key) throws IOException {
    var size = files.size(key);
    var task = afterNextLook;
    afterNextLook = () -> {};
    task.run();
    return size;
  }

  @Override
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    return files.stage(project, content, limitBytes);
  }

  @Override
  public InputStream open(FileKey key, long offset) throws IOException {
    return files.open(key, offset);
  }

  @Override
  public void delete(FileKey key) throws IOException {
    files.delete(key);
  }

  @Override
  public URI presign(FileGrant grant) {
    return files.presign(grant);
  }

  @Override
  public Stream<FileKey> list() throws IOException {
    return files.list();
  }

  @Override
  public void close() {
    files.close();
  }
}
