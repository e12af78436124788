package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps files in a directory. Content is written and hashed in another place and moved to its own
 * by a rename, so a crash at any moment leaves complete files only. Only one process at a time may
 * use a directory; the caller makes sure of that.
 */
public final class LocalFileStore implements FileStore {
  private final Path root;
  private final Disk disk;
  /**
   * Files up to this size are checked before the first byte is given out, larger ones while they
   * are read.
   */
  private static final long CHECKED_FIRST_BYTES = 8 << 20;

  private final StorePaths layout;
  private final VerifiedFiles verified = new VerifiedFiles();
  private final Staging staging;
  private final UrlSigner signer;
  private final Supplier<URI> base;

  /**
   * Opens a store whose files survive a power cut once they are published, and drops what a crash
   * left half-written.
   *
   * @param root its directory, which is made if it is missing
   * @param base scheme, host and port of the server that answers the URLs; asked for at each URL
   * @throws IOException if the directory cannot be made or written
   */
  public LocalFileStore(Path root, UrlSigner signer, Supplier<URI> base) throws IOException {
    this(root, signer, base, Disk.DURABLE);
  }

  /**
   * Opens a store in a temporary directory. It never waits for the disk, and the directory is
   * deleted when the store is closed.
   */
  public static LocalFileStore temporary(Path root, UrlSigner signer, Supplier<URI> base)
      throws IOException {
    return new LocalFileStore(root, signer, base, Disk.VOLATILE);
  }

  private LocalFileStore(Path root, UrlSigner signer, Supplier<URI> base, Disk disk)
      throws IOException {
    this.root = root;
    this.disk = disk;
    this.layout = new StorePaths(root);
    this.staging = new Staging(layout, disk, verified);
    this.signer = signer;
    this.base = base;
    staging.open();
  }

  @Override
  public OptionalLong size(FileKey key) throws IOException {
    if (isEmptyFile(key)) {
      return OptionalLong.of(0);
    }
    var path = layout.file(key);
    try {
      if (path.isPresent()) {
        var file = VerifiedFiles.look(path.get());
        // Treat a damaged file as missing: the next job that needs it uploads it again
        return verified.isDamaged(path.get(), file)
            ? OptionalLong.empty()
            : OptionalLong.of(file.size());
      }
      return OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    return staging.stage(project, content, limitBytes);
  }

  @Override
  public InputStream open(FileKey key, long offset) throws IOException {
    if (isEmptyFile(key)) {
      return InputStream.nullInputStream();
    }
    var path = layout.file(key).orElseThrow(() -> new NoSuchFileException(key.sha256()));
    var file = VerifiedFiles.look(path);
    if (verified.isDamaged(path, file)) {
      throw CheckedContent.damaged(key, path);
    }
    if (verified.isSound(path, file)) {
      return content(path, offset);
    }
    if (file.size() <= CHECKED_FIRST_BYTES) {
      check(key, path, file);
      return content(path, offset);
    }
    return offset == 0
        ? new CheckedContent(content(path, 0), key, path, file, verified)
        : new ResumedContent(
            content(path, offset), file.size() - offset, () -> check(key, path, file));
  }

  /** Reads the whole file to check it, unless another thread has done so meanwhile. */
  private void check(FileKey key, Path path, BasicFileAttributes file) throws IOException {
    if (!verified.isSound(path, file)) {
      try (var all = new CheckedContent(content(path, 0), key, path, file, verified)) {
        all.readAll();
      }
    }
  }

  private static InputStream content(Path path, long offset) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return Channels.newInputStream(channel.position(offset));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void delete(FileKey key) throws IOException {
    var file = layout.file(key);
    if (file.isPresent()) {
      staging.directories().delete(file.get());
    }
  }

  @Override
  public URI presign(FileGrant grant) {
    return signer.sign(base.get(), grant);
  }

  @Override
  public Stream<FileKey> list() {
    return layout.files();
  }

  /** Holds nothing open; uploads and downloads in progress end by themselves. */
  @Override
  public void close() {
    switch (disk) {
      case DURABLE -> {}
      case VOLATILE -> new Removal(root).run();
    }
  }

  /**
   * Adds all files of another store. It makes hard links instead of copies where the file system
   * can, since the content under a name never changes.
   */
  public void addAllOf(LocalFileStore other) throws IOException {
    try (var all = other.list()) {
      for (var key : all.toList()) {
        var target = layout.file(key).orElseThrow();
        OwnerOnly.createDirectories(Objects.requireNonNull(target.getParent()));
        share(other.layout.file(key).orElseThrow(), target);
      }
    }
  }

  private static void share(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isEmptyFile(FileKey key) {
    return key.sha256().equals(JobFile.EMPTY_SHA256);
  }
}
