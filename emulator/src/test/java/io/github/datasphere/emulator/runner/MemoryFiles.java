package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps small files in memory. */
public final class MemoryFiles implements FileStore {
  private final Map<FileKey, byte[]> contents = new ConcurrentHashMap<>();
  private volatile @Nullable Gate gate;
  private volatile @Nullable Gate storing;
  private final AtomicInteger refusals = new AtomicInteger();

  /** Holds every reader up from now on, until it is released. */
  public Gate hold() {
    var fresh = new Gate();
    gate = fresh;
    return fresh;
  }

  /** Holds up whoever stores a file from now on, until it is released. */
  public Gate holdStoring() {
    var fresh = new Gate();
    storing = fresh;
    return fresh;
  }

  /** Is away for the next so many files that are stored. */
  public void beAway(int times) {
    refusals.set(times);
  }

  /** Where readers and writers wait. */
  public static final class Gate {
    private final CountDownLatch reader = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Returns once somebody waits. */
    public void awaitReader() {
      await(reader);
    }

    public void release() {
      open.countDown();
    }

    private void pass() {
      reader.countDown();
      await(open);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Stores content as an upload would. */
  public String put(ProjectId project, byte[] content) {
    var key = new FileKey(project, sha256(content));
    contents.put(key, content);
    return key.sha256();
  }

  /** The content of a stored file. */
  public byte[] content(ProjectId project, JobFile file) {
    return contents.get(new FileKey(project, file.sha256()));
  }

  @Override
  public OptionalLong size(FileKey key) {
    var content = contents.get(key);
    return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
  }

  @Override
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new StorageException(StorageException.Reason.UNAVAILABLE, "It is away.", null);
    }
    var held = storing;
    if (held != null) {
      held.pass();
    }
    var bytes = content.readNBytes((int) Math.min(limitBytes, Integer.MAX_VALUE - 16));
    if (content.read() >= 0) {
      throw new FileRejectedException(FileRejectedException.Reason.TOO_LARGE, "too large");
    }
    return new Staged(new FileKey(project, sha256(bytes)), bytes);
  }

  @Override
  public InputStream open(FileKey key, long offset) throws IOException {
    var content = contents.get(key);
    var held = gate;
    if (held != null) {
      held.pass();
    }
    if (content == null) {
      throw new NoSuchFileException(key.sha256());
    }
    var stream = new ByteArrayInputStream(content);
    stream.skip(offset);
    return stream;
  }

  /** It can be held up, as another program can. */
  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void delete(FileKey key) {
    contents.remove(key);
  }

  @Override
  public URI presign(FileGrant grant) {
    return URI.create("memory:" + grant.key().sha256());
  }

  @Override
  public Stream<FileKey> list() {
    return contents.keySet().stream();
  }

  @Override
  public void close() {}

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private final class Staged implements StagedFile {
    private final FileKey key;
    private final byte[] content;

    private Staged(FileKey key, byte[] content) {
      this.key = key;
      this.content = content;
    }

    @Override
    public FileKey key() {
      return key;
    }

    @Override
    public long sizeBytes() {
      return content.length;
    }

    @Override
    public void publish() {
      contents.putIfAbsent(key, content);
    }

    @Override
    public void close() {}
  }
}
