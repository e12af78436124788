package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.PurePath;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.config.ClientSizes;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes files ready to be sent: takes their digest, packs folders. One packer per job, as it also
 * watches the limit of all files together (service-behaviour 2.18): {@link #survey} first, since to
 * read what is then refused takes minutes.
 */
public final class FilePacker implements AutoCloseable {
  private static final long GIB = 1L << 30;
  private static final long MAX_FILE = 5 * GIB;
  private static final long MAX_TOTAL = 10 * GIB;

  private final Path folder;
  private final Path temporary;
  private final @Nullable Depot depot;
  private final List<Depot.Deposit> deposits = new ArrayList<>();
  private final TransferProgress progress;
  private final Consumer<String> remarks;
  private final Map<String, FolderContent> contents = new HashMap<>();
  private long total;

  /**
   * @param folder what relative paths start from
   * @param temporary takes the archives; the caller removes it when all is sent
   * @param depot takes the content of all files; null to leave it where it is until it is sent
   * @param remarks takes what the official client would do otherwise
   */
  public FilePacker(
      Path folder,
      Path temporary,
      @Nullable Depot depot,
      TransferProgress progress,
      Consumer<String> remarks) {
    this.folder = folder;
    this.temporary = temporary;
    this.depot = depot;
    this.progress = progress;
    this.remarks = remarks;
  }

  /**
   * Looks at the names and sizes of all that is to be sent, without reading any of it.
   *
   * @throws FileException if it cannot be sent, or is larger than a job may have
   */
  public void survey(List<String> inputs, List<String> localModules) throws FileException {
    long sum = 0;
    for (var path : inputs) {
      sum += size(path, !Files.isDirectory(Utf8Paths.resolve(folder, path)));
    }
    for (var path : localModules) {
      sum += size(path, false);
    }
    checkTotal(sum);
  }

  private long size(String path, boolean plain) throws FileException {
    try {
      long size =
          plain ? Files.size(Utf8Paths.resolve(folder, path)) : content(path).size();
      checkSize(path, size);
      progress.advance(0);
      return size;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private FolderContent content(String path) throws IOException, FileException {
    var known = contents.get(path);
    if (known == null) {
      known = FolderContent.of(Utf8Paths.resolve(folder, path), path);
      known.remarks().forEach(remarks);
      contents.put(path, known);
    }
    return known;
  }

  /** An input: a file as it is, a folder as an archive (service-behaviour 2.8). */
  public PreparedFile input(String path, String var) throws FileException {
    var source = Utf8Paths.resolve(folder, path);
    boolean isFolder = Files.isDirectory(source);
    var desc = FileDesc.newBuilder()
        .setPath(isFolder ? PurePath.of(path).text() : path)
        .setVar(var);
    try {
      return isFolder ? packed(path, desc) : prepared(source, path, desc);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** A piece of the user's own Python code, always as an archive (service-behaviour 2.9). */
  public PreparedFile localModule(String path, int index) throws FileException {
    var desc = FileDesc.newBuilder().setPath(path).setVar("_LOCAL_MODULE_" + index);
    try {
      return packed(path, desc);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private PreparedFile packed(String path, FileDesc.Builder desc)
      throws IOException, FileException {
    var archive = Files.createTempFile(temporary, "packed", ".zip");
    if (depot != null) {
      try (var out = new BufferedOutputStream(Files.newOutputStream(archive))) {
        new FolderArchive(content(path)).write(out, progress);
      }
      var stored = stored(depot, archive, path, desc, FileCompressionType.ZIP);
      Files.delete(archive);
      return stored;
    }
    var digesting = new Digesting(progress);
    try (var out = new BufferedOutputStream(Files.newOutputStream(archive))) {
      new FolderArchive(content(path)).write(digesting.through(out), progress);
    }
    return new PreparedFile(
        file(path, desc, FileCompressionType.ZIP, digesting.sha256Hex(), digesting.size()),
        archive,
        path,
        null);
  }

  private PreparedFile prepared(Path source, String path, FileDesc.Builder desc)
      throws IOException, FileException {
    checkSize(path, Files.size(source));
    if (depot != null) {
      return stored(depot, source, path, desc, FileCompressionType.NONE);
    }
    var digesting = new Digesting(progress);
    try (var in = Files.newInputStream(source)) {
      digesting.copy(in, OutputStream.nullOutputStream());
    }
    return new PreparedFile(
        file(path, desc, FileCompressionType.NONE, digesting.sha256Hex(), digesting.size()),
        source,
        path,
        null);
  }

  private PreparedFile stored(
      Depot storage,
      Path content,
      String path,
      FileDesc.Builder desc,
      FileCompressionType compression)
      throws IOException, FileException {
    try (var watched = new WatchedContent(Files.newInputStream(content), progress)) {
      Depot.Deposit deposit;
      try {
        deposit = storage.take(watched);
      } catch (IOException e) {
        if (watched.hasFailed()) {
          throw e;
        }
        throw new FileException("cannot upload " + path + ": " + e.getMessage(), e);
      }
      deposits.add(deposit);
      var file = file(path, desc, compression, deposit.sha256(), deposit.sizeBytes());
      return new PreparedFile(file, content, path, deposit);
    }
  }

  private File file(
      String path, FileDesc.Builder desc, FileCompressionType compression, String sha256, long size)
      throws FileException {
    checkSize(path, size);
    total += size;
    checkTotal(total);
    return File.newBuilder()
        .setDesc(desc)
        .setSha256(sha256)
        .setSizeBytes(size)
        .setCompressionType(compression)
        .build();
  }

  /** Drops what was put into the depot and not handed over. */
  @Override
  public void close() {
    deposits.forEach(Depot.Deposit::close);
  }

  private static void checkTotal(long size) throws FileException {
    if (size > MAX_TOTAL) {
      throw new FileException("input files and local modules together have "
          + ClientSizes.humanize(size)
          + ", a job may have at most "
          + ClientSizes.humanize(MAX_TOTAL)
          + ": put large data into a dataset");
    }
  }

  private static void checkSize(String path, long size) throws FileException {
    if (size > MAX_FILE) {
      throw new FileException(path
          + " has "
          + ClientSizes.humanize(size)
          + ", a file may have at most "
          + ClientSizes.humanize(MAX_FILE)
          + ": put large data into a dataset");
    }
  }

  private static FileException unreadable(String path, IOException cause) {
    return new FileException(
        "cannot read " + path + ": " + PathErrors.words(Utf8Paths.of(path), cause), cause);
  }
}
