package io.github.datasphere.emulator.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.archive.PlacedNames;
import io.github.datasphere.emulator.runner.archive.ZipContent;
import io.github.datasphere.emulator.runner.plan.GeneratedFile;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives all files of a job as the entries of one archive. Archives from the client are checked
 * before the first entry is given.
 */
public final class InputEntries implements ArchiveStream.Source, AutoCloseable {
  private final FileStore files;
  private final ProjectId project;
  private final Cancellation cancellation;
  private final Path spool;
  private final Deque<ArchiveStream.Entry> entries = new ArrayDeque<>();
  private final Set<String> directories = new HashSet<>();
  private final PlacedNames names = new PlacedNames();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Group> shared = new ArrayList<>();
  private final FileTime now;
  private String current = "";

  private InputEntries(RunnerParts parts, Job job, Cancellation cancellation, Path spool) {
    this.files = parts.ports().files();
    this.project = job.projectId();
    this.cancellation = cancellation;
    this.spool = spool;
    this.now = FileTime.from(parts.ports().clock().instant());
  }

  /**
   * Collects the files that a job needs.
   *
   * @param texts files in addition to those of the plan
   * @param spool a directory of this machine for archives that are being unpacked
   * @param sharedFrom how large an input is at least that {@link #shared} gives instead
   */
  public static InputEntries of(
      RunnerParts parts,
      Job job,
      JobPlan plan,
      List<GeneratedFile> texts,
      Path spool,
      long sharedFrom,
      Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    var inputs = new InputEntries(parts, job, cancellation, spool);
    try {
      inputs.add(plan, unpackedLimit(job, parts.resources().limits().unpackedBytes()));
      for (var text : plan.texts()) {
        inputs.add(text);
      }
      for (var text : texts) {
        inputs.add(text);
      }
      for (var path : plan.directories()) {
        inputs.addDirectory(relative(path));
      }
      inputs.separate(sharedFrom);
      return inputs;
    } catch (IOException | PreparationException | CancelledException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  /** How many bytes all archives together may unpack to (service-behaviour 4.18). */
  private static long unpackedLimit(Job job, long standard) {
    var storage = job.parameters().workingStorage();
    return storage == null ? standard : Math.max(standard, storage.sizeBytes());
  }

  private void add(JobPlan plan, long unpackedLimit)
      throws IOException, PreparationException, CancelledException {
    long left = unpackedLimit;
    for (var placement : plan.placements()) {
      cancellation.check();
      if (placement instanceof Placement.Plain plain) {
        var entry = add(plain.path(), plain.file().sizeBytes(), () -> open(plain.file()));
        groups.add(new Group(plain.file().sha256(), "", "/" + entry.name(), List.of(entry)));
      } else if (placement instanceof Placement.Archive archive) {
        left -= unpack(archive, left);
      } else {
        throw new AssertionError(placement);
      }
    }
  }

  private void add(GeneratedFile text) throws PreparationException {
    var content = text.content().getBytes(UTF_8);
    add(text.path(), content.length, () -> new ByteArrayInputStream(content));
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * An input that is no part of this archive, since other jobs may have the same. Its entries can
   * be opened again and again.
   *
   * @param key tells contents apart
   * @param isTree whether the target is a directory that gets the files, or the file itself
   * @param target absolute path
   * @param entries the files below {@link #NAME}, or one of that name
   */
  public record Shared(
      String key, long bytes, boolean isTree, String target, List<ArchiveStream.Entry> entries) {
    /** The name of the file, or of the directory of the files. */
    public static final String NAME = "input";
  }

  /** The files of one input, as this archive has them. */
  private record Group(
      String key, String directory, String target, List<ArchiveStream.Entry> files) {
    long bytes() {
      return files.stream().mapToLong(ArchiveStream.Entry::size).sum();
    }

    Shared shared() {
      var named = files.stream()
          .map(file -> new ArchiveStream.Entry(
              Shared.NAME + (isTree() ? file.name().substring(directory.length()) : ""),
              file.size(),
              file.modified(),
              file.content()))
          .toList();
      return new Shared(key, bytes(), isTree(), target, named);
    }

    boolean isTree() {
      return !directory.isEmpty();
    }
  }

  /** Takes large inputs out, unless another file of the job has a name of theirs. */
  private void separate(long sharedFrom) {
    var large = groups.stream().filter(group -> group.bytes() >= sharedFrom).toList();
    if (large.isEmpty()) {
      return;
    }
    var counts = new HashMap<String, Integer>();
    entries.forEach(entry -> counts.merge(entry.name(), 1, Integer::sum));
    for (var group : large) {
      if (group.files().stream().allMatch(file -> counts.getOrDefault(file.name(), 0) == 1)) {
        shared.add(group);
        entries.removeAll(new HashSet<>(group.files()));
      }
    }
  }

  /** Returns the large inputs; their directories are among the entries. */
  public List<Shared> shared() {
    return shared.stream().map(Group::shared).toList();
  }

  /** Makes a large input one of the entries after all. */
  public void giveBack(Shared input) {
    shared.stream()
        .filter(group -> group.target().equals(input.target()))
        .forEach(group -> entries.addAll(group.files()));
  }

  /**
   * Says why a job cannot have its files.
   *
   * @param failure failure to place the entry that was given last
   */
  public PreparationException notPlaced(Exception failure) {
    if (failure instanceof StorageException) {
      return new PreparationException(
          "The file " + current + " could not be fetched. " + failure.getMessage(), failure);
    }
    var advice = failure instanceof InvalidPathException
        ? "No file can have this name: choose another one."
        : "Look for two files of one name, a name that is too long, or a full disk.";
    return new PreparationException(
        "The file " + current + " could not be placed (" + failure + "). " + advice, failure);
  }

  @Override
  public ArchiveStream.@Nullable Entry next() {
    var entry = entries.poll();
    current = entry == null ? current : "/" + entry.name();
    return entry;
  }

  @Override
  public void close() throws IOException {
    for (var part : open) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IOException("an archive did not close", e);
      }
    }
  }

  private long unpack(Placement.Archive archive, long limit)
      throws IOException, PreparationException, CancelledException {
    var file = Files.createTempFile(OwnerOnly.createDirectories(spool), "archive", ".zip");
    open.add(0, () -> Files.deleteIfExists(file));
    try (var content = open(archive.file());
        var out = Files.newOutputStream(file)) {
      content.transferTo(out);
    } catch (IOException e) {
      cancellation.check();
      throw new PreparationException(
          "The file " + archive.file().desc().label() + " could not be read (" + e + ")", e);
    }
    cancellation.check();
    var zip = ZipContent.open(file, archive, limit);
    open.add(0, zip);
    addDirectory(relative(archive.directory()));
    long unpacked = 0;
    var group = new ArrayList<ArchiveStream.Entry>();
    for (var entry : zip.entries()) {
      var path = archive.directory() + "/" + entry.path();
      if (entry.isDirectory()) {
        addDirectory(relative(path));
      } else {
        group.add(add(path, entry.size(), () -> new Cancellable(zip.open(entry), cancellation)));
        unpacked += entry.size();
      }
    }
    var key = archive.file().sha256() + " without " + archive.strip();
    groups.add(new Group(key, relative(archive.directory()), archive.directory(), group));
    return unpacked;
  }

  private InputStream open(JobFile file) throws IOException {
    if (file.sha256().equals(JobFile.EMPTY_SHA256)) {
      return InputStream.nullInputStream();
    }
    var key = new FileKey(project, file.sha256());
    var content = files.isRemote()
        ? RemoteContent.open(() -> files.open(key, 0), cancellation)
        : files.open(key, 0);
    return new AnnouncedContent(new Cancellable(content, cancellation), file.sizeBytes());
  }

  private ArchiveStream.Entry add(String path, long size, ArchiveStream.Content content)
      throws PreparationException {
    var name = relative(path);
    note(name, false);
    int slash = name.lastIndexOf('/');
    if (slash > 0) {
      addDirectory(name.substring(0, slash));
    }
    var entry = new ArchiveStream.Entry(name, size, now, content);
    entries.add(entry);
    return entry;
  }

  /** Notes a name. If two files have one name, the later one stays, as in an archive. */
  private void note(String name, boolean isDirectory) throws PreparationException {
    if (!names.add(name, isDirectory)) {
      throw new PreparationException("The path /"
          + name
          + " of the job would be a file and a directory at once, or lie inside a file: look for"
          + " two inputs or local modules of that name.");
    }
    if (names.isTooMuch()) {
      throw new PreparationException("The path /" + name
          + " of the job is one of too many folders within folders: pack them into one file.");
    }
  }

  /** Adds a directory, and before it the directories above it. */
  private void addDirectory(String name) throws PreparationException {
    var missing = new ArrayDeque<String>();
    var at = name.replaceFirst("/+$", "");
    while (!at.isEmpty() && directories.add(at)) {
      note(at, true);
      missing.push(at);
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
    missing.forEach(path -> entries.add(ArchiveStream.Entry.directory(path, now)));
  }

  private static String relative(String path) {
    return path.replaceFirst("^/+", "");
  }
}
