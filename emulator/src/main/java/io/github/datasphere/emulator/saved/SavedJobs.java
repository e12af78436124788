package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.emulator.FileList;
import io.github.datasphere.proto.emulator.JobCourse;
import io.github.datasphere.proto.emulator.Timeline;
import io.github.datasphere.proto.jobs.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The jobs in a file that {@link JobSaver} has written. Safe for several threads. */
public final class SavedJobs implements AutoCloseable {
  /** What is read whole must fit into memory: jobs and timelines. */
  private static final int MOST_OF_AN_ENTRY = 256 << 20;

  private final ZipFile zip;
  private final SavedFormat format = new SavedFormat();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, SavedLog> logs = new LinkedHashMap<>();
  private List<Exchange> calls = List.of();
  private Instant now = Instant.EPOCH;

  private SavedJobs(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or holds no saved jobs; the message says why
   */
  public static SavedJobs open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile(), UTF_8);
    } catch (ZipException e) {
      throw new IOException(
          file + " holds no saved jobs: it is not whole, or no file of this kind", e);
    }
    var saved = new SavedJobs(zip);
    try {
      saved.read();
      return saved;
    } catch (IOException e) {
      saved.close();
      throw new IOException(file + " holds no saved jobs: " + e.getMessage(), e);
    } catch (SessionException | IllegalArgumentException | DateTimeException e) {
      saved.close();
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private void read() throws IOException {
    var header = SessionJson.parseObject(text(SavedFormat.HEADER));
    if (!"dsjob".equals(header.get("format"))) {
      throw new IOException("its " + SavedFormat.HEADER + " is of something else");
    }
    var version = String.valueOf(header.get("version"));
    if (Integer.parseInt(version) != SavedFormat.VERSION) {
      throw new IOException("it has version " + version + " of the format, and this emulator reads "
          + SavedFormat.VERSION + ": open it with the one that has written it");
    }
    now = Instant.parse(String.valueOf(header.get("now")));
    var events = new CallEvents();
    try (var content = zip.getInputStream(entry(SavedFormat.CALLS))) {
      calls = events.read(SessionReader.of(content, Path.of(zip.getName()), events.api()));
    }
    for (var entry : zip.stream().map(ZipEntry::getName).toList()) {
      if (entry.startsWith(SavedFormat.JOBS) && entry.endsWith("/" + SavedFormat.JOB)) {
        var job = format.read(text(entry), Job.getDefaultInstance());
        jobs.put(job.getId(), job);
      }
    }
  }

  /** Returns the emulator's time when the file was written. */
  public Instant now() {
    return now;
  }

  /** Returns the jobs in the order of the file. */
  public List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Returns the calls that concern the jobs, oldest first. */
  public List<Exchange> calls() {
    return calls;
  }

  /** Returns a job; empty if the file has none of this id. */
  public Optional<Job> job(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Returns what happened to a job of the file. */
  public Timeline timeline(String job) throws IOException {
    return of(job, SavedFormat.TIMELINE, Timeline.getDefaultInstance());
  }

  /** Returns what became of a job of the file; earlier versions have not noted it. */
  public JobCourse course(String job) throws IOException {
    var noted = zip.getEntry(SavedFormat.JOBS + job + "/" + SavedFormat.COURSE) != null;
    return noted
        ? of(job, SavedFormat.COURSE, JobCourse.getDefaultInstance())
        : JobCourse.newBuilder().setJobId(job).build();
  }

  /** Returns the files of a job of the file; those whose content the file has are there. */
  public FileList files(String job) throws IOException {
    var list = of(job, SavedFormat.FILE_LIST, FileList.getDefaultInstance()).toBuilder();
    list.getFilesBuilderList()
        .forEach(file -> file.setThere(zip.getEntry(SavedFormat.FILES + file.getSha256()) != null));
    return list.build();
  }

  /** Opens the content of a file; empty if this file was written without it. */
  public Optional<Download> content(String sha256) throws IOException {
    var entry = zip.getEntry(SavedFormat.FILES + sha256);
    return entry == null
        ? Optional.empty()
        : Optional.of(new Download(entry.getSize(), zip.getInputStream(entry)));
  }

  /** Returns how many records the log of a job of the file has. */
  public long logEnd(String job) {
    return log(job).end();
  }

  /** Reads the log of a job of the file. */
  public LogReading readLog(String job, long offset) {
    return log(job).from(offset);
  }

  private synchronized SavedLog log(String job) {
    return logs.computeIfAbsent(job, id -> {
      try (var lines = zip.getInputStream(entry(SavedFormat.JOBS + id + "/" + SavedFormat.LOG))) {
        return new SavedLog(lines);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("The log cannot be read: " + e.getMessage(), e);
      }
    });
  }

  private <M extends Message> M of(String job, String entry, M as) throws IOException {
    return format.read(text(SavedFormat.JOBS + job + "/" + entry), as);
  }

  private String text(String name) throws IOException {
    try (var content = zip.getInputStream(entry(name))) {
      var bytes = content.readNBytes(MOST_OF_AN_ENTRY + 1);
      if (bytes.length > MOST_OF_AN_ENTRY) {
        throw new IOException("its entry " + name + " is too large");
      }
      return new String(bytes, UTF_8);
    }
  }

  private ZipEntry entry(String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no entry " + name);
    }
    return entry;
  }

  @Override
  public synchronized void close() throws IOException {
    for (var log : logs.values()) {
      log.close();
    }
    zip.close();
  }
}
