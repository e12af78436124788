package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps small files in memory, so that a unit test never waits for a disk, and gives large ones to
 * another store, so that the heap holds none of them whole.
 */
public final class MemoryFileStore implements FileStore {
  /** Larger files go to disk. */
  public static final int SMALL_BYTES = 1 << 20;

  private final Map<FileKey, byte[]> small;
  private final LazyStore large;
  private final UrlSigner signer;
  private final Supplier<URI> base;

  /**
   * Makes an empty store.
   *
   * @param large is opened when the first large file comes, and closed with this store
   * @param base scheme, host and port of the server that answers the URLs; asked for at each URL
   */
  public MemoryFileStore(LargeFiles large, UrlSigner signer, Supplier<URI> base) {
    this(Map.of(), new LazyStore(large), signer, base);
  }

  private MemoryFileStore(
      Map<FileKey, byte[]> small, LazyStore large, UrlSigner signer, Supplier<URI> base) {
    this.small = new ConcurrentHashMap<>(small);
    this.large = large;
    this.signer = signer;
    this.base = base;
  }

  /**
   * Begins with what another store held when the snapshot was taken.
   *
   * @param large as in the other constructor; gets the large files of the snapshot
   * @throws IOException if they cannot be kept
   */
  public MemoryFileStore(Snapshot start, LargeFiles large, UrlSigner signer, Supplier<URI> base)
      throws IOException {
    this(start.small, new LazyStore(large), signer, base);
    this.large.beginWith(start.large);
  }

  /**
   * Returns what this store holds now; later changes do not change it.
   *
   * @param room keeps the large files; opened if there are any
   * @throws IOException if they cannot be kept
   */
  public Snapshot snapshot(LargeFiles room) throws IOException {
    var kept = new LazyStore(room);
    kept.beginWith(large);
    return new Snapshot(Map.copyOf(small), kept);
  }

  @Override
  public OptionalLong size(FileKey key) throws IOException {
    if (key.sha256().equals(JobFile.EMPTY_SHA256)) {
      return OptionalLong.of(0);
    }
    var content = small.get(key);
    if (content != null) {
      return OptionalLong.of(content.length);
    }
    return large.isOpen() ? large.store().size(key) : OptionalLong.empty();
  }

  @Override
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    var head = content.readNBytes(SMALL_BYTES + 1);
    if (head.length > SMALL_BYTES) {
      var whole = new SequenceInputStream(new ByteArrayInputStream(head), content);
      return large.store().stage(project, whole, limitBytes);
    }
    if (head.length > limitBytes) {
      throw new FileRejectedException(
          Reason.TOO_LARGE,
          "The content is larger than the " + limitBytes + " bytes that are allowed here.");
    }
    return StagedMemoryFile.of(project, head, small::putIfAbsent);
  }

  @Override
  public InputStream open(FileKey key, long offset) throws IOException {
    if (key.sha256().equals(JobFile.EMPTY_SHA256)) {
      return InputStream.nullInputStream();
    }
    var content = small.get(key);
    if (content != null) {
      int start = (int) Math.min(offset, content.length);
      return new ByteArrayInputStream(content, start, content.length - start);
    }
    if (!large.isOpen()) {
      throw new NoSuchFileException(key.sha256());
    }
    return large.store().open(key, offset);
  }

  @Override
  public void delete(FileKey key) throws IOException {
    if (small.remove(key) == null && large.isOpen()) {
      large.store().delete(key);
    }
  }

  @Override
  public URI presign(FileGrant grant) {
    return signer.sign(base.get(), grant);
  }

  @Override
  public Stream<FileKey> list() throws IOException {
    var inMemory = small.keySet().stream();
    return large.isOpen() ? Stream.concat(inMemory, large.store().list()) : inMemory;
  }

  @Override
  public void close() {
    large.close();
  }

  /** All that a store held at one moment. */
  public static final class Snapshot {
    /** Returns a snapshot without files. */
    public static Snapshot empty() {
      return new Snapshot(Map.of(), new LazyStore(start -> {
        throw new IOException("there is no large file in an empty store");
      }));
    }

    private final Map<FileKey, byte[]> small;
    private final LazyStore large;

    private Snapshot(Map<FileKey, byte[]> small, LazyStore large) {
      this.small = small;
      this.large = large;
    }
  }
}
