package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.mapping.ControlMapping;
import io.github.datasphere.emulator.grpc.mapping.JobMapping;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Advanced;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.redact.SecretFields;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.proto.emulator.Exchange;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes jobs with their timelines, calls, logs and lists of files, and on demand the contents of
 * the files. Nothing large is held in memory. Passwords, tokens and signed URLs read {@code ***};
 * what a job has printed stays as it is.
 */
public final class JobSaver {
  private static final int LOG_BYTES = 1 << 20;

  private final JobEngine engine;
  private final TestState seen;
  private final SavedFormat format = new SavedFormat();
  private final SecretFields secrets = new SecretFields();

  /**
   * Makes a saver of one world.
   *
   * @param seen the calls and timelines of the same world
   */
  public JobSaver(JobEngine engine, TestState seen) {
    this.engine = engine;
    this.seen = seen;
  }

  /**
   * Saves jobs and all calls that concern them in a file, which becomes visible whole or not at
   * all. Its folder is made if it is missing.
   *
   * @param ids which; none for all calls
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if there is no such job
   * @throws IOException if the file cannot be written; nothing is left of it
   */
  public void save(List<String> ids, Path file) throws IOException {
    var folder = Files.createDirectories(file.toAbsolutePath().getParent());
    var draft = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
        write(ids, false, out);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Writes these jobs and all calls that concern them; without jobs, all calls.
   *
   * @param withFiles whether the contents of stored files are written, too
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if there is no such job
   */
  public void write(List<String> ids, boolean withFiles, OutputStream out) throws IOException {
    var jobs = ids.stream().map(id -> engine.job(new JobId(id))).toList();
    var zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    var header = new LinkedHashMap<String, Object>();
    header.put("format", "dsjob");
    header.put("version", SavedFormat.VERSION);
    header.put("now", seen.scheduler().clock().instant().toString());
    begin(zip, SavedFormat.HEADER);
    line(zip, SessionJson.write(header));
    zip.closeEntry();
    calls(zip, jobs);
    var written = new HashSet<String>();
    for (var job : jobs) {
      write(zip, job);
      if (withFiles) {
        files(zip, job, written);
      }
    }
    zip.finish();
  }

  private void calls(ZipOutputStream zip, List<Job> jobs) throws IOException {
    begin(zip, SavedFormat.CALLS);
    var ids =
        jobs.stream().map(job -> ByteString.copyFromUtf8(job.id().value())).toList();
    var files = jobs.stream()
        .flatMap(job -> job.storedFiles().stream().map(JobFile::sha256))
        .collect(Collectors.toSet());
    writeSession(
        call -> ids.isEmpty() || concerns(call.toByteString(), ids),
        event -> ids.isEmpty()
            || event instanceof Advanced
            || (event instanceof Moved moved && files.contains(moved.sha256())),
        zip);
    zip.closeEntry();
  }

  /** Writes all calls, and what happened between them, as the events of a session. */
  public void writeSession(OutputStream out) throws IOException {
    writeSession(call -> true, event -> true, out);
  }

  private void writeSession(
      Predicate<Exchange> which, Predicate<Event> whichBesideThem, OutputStream out)
      throws IOException {
    var calls = seen.journal().exchanges().stream()
        .map(ControlMapping::withMessages)
        .filter(which)
        .toList();
    var besideThem = seen.besideCalls().stream()
        .filter(one -> whichBesideThem.test(one.event().get()))
        .toList();
    var writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    new CallEvents().write(calls, besideThem, writer);
    writer.flush();
  }

  /** Ids are unguessable: bytes that contain one are about its job. */
  private static boolean concerns(ByteString message, List<ByteString> ids) {
    var text = message.toString(ISO_8859_1);
    return ids.stream().anyMatch(id -> text.contains(id.toStringUtf8()));
  }

  private void write(ZipOutputStream zip, Job job) throws IOException {
    var folder = SavedFormat.JOBS + job.id() + "/";
    entry(zip, folder + SavedFormat.JOB, secrets.masked(JobMapping.toProto(job)));
    entry(
        zip,
        folder + SavedFormat.TIMELINE,
        ControlMapping.toProto(seen.timeline().of(job.id().value())));
    entry(zip, folder + SavedFormat.COURSE, JobCourses.of(job, seen));
    entry(zip, folder + SavedFormat.FILE_LIST, StoredFiles.list(engine, job));
    begin(zip, folder + SavedFormat.LOG);
    var reader = engine.readLogs(job.id(), 0);
    long end = engine.logEnd(job.id());
    var lines = new LogLines(zip);
    boolean ended = false;
    // What comes while this is read belongs to the next file
    while (!ended && reader.position() < end) {
      ended = reader.read(LOG_BYTES, lines);
      lines.check();
    }
    zip.closeEntry();
  }

  private void files(ZipOutputStream zip, Job job, Set<String> written) throws IOException {
    for (var file : job.storedFiles()) {
      if (written.contains(file.sha256())) {
        continue;
      }
      try (var stored = StoredFiles.open(engine, job, file).orElse(null)) {
        if (stored != null) {
          written.add(file.sha256());
          begin(zip, SavedFormat.FILES + file.sha256());
          stored.content().transferTo(zip);
          zip.closeEntry();
        }
      }
    }
  }

  private void entry(ZipOutputStream zip, String name, Message message) throws IOException {
    begin(zip, name);
    line(zip, format.line(message));
    zip.closeEntry();
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    var entry = new ZipEntry(name);
    // The same job makes the same bytes
    entry.setTime(0);
    zip.putNextEntry(entry);
  }

  private static void line(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(UTF_8));
  }
}
