package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.plan.MissingOutput;
import io.github.datasphere.emulator.runner.plan.OutputPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores the outputs that a script has written. */
final class ScriptedOutputs {
  private final FileStore files;
  private final RunnerEvents events;
  private final Job job;
  private final Map<String, byte[]> written;
  private final Instant now;

  ScriptedOutputs(
      FileStore files, RunnerEvents events, Job job, Map<String, byte[]> written, Instant now) {
    this.files = files;
    this.events = events;
    this.job = job;
    this.written = written;
    this.now = now;
  }

  /**
   * Stores the declared outputs. Returns the files that were stored, and adds the others to
   * {@code errors}.
   */
  List<JobFile> store(List<FileError> errors) {
    var stored = new ArrayList<JobFile>();
    for (var desc : job.parameters().outputFiles()) {
      try {
        store(desc, stored, errors);
      } catch (IOException e) {
        errors.add(new FileError.Output(
            desc, FileError.Type.UPLOAD_FAILED, "It could not be stored: " + e.getMessage()));
      }
    }
    return stored;
  }

  private void store(FileDesc desc, List<JobFile> stored, List<FileError> errors)
      throws IOException {
    var file = written.getOrDefault(desc.path(), desc.hasVar() ? written.get(desc.var()) : null);
    if (file != null) {
      stored.add(put(desc, new ByteArrayInputStream(file), Compression.NONE));
      return;
    }
    var directory = directory(desc);
    if (directory.isEmpty()) {
      errors.add(MissingOutput.of(new OutputPlan(desc, desc.label())));
      return;
    }
    var entries = directory.entrySet().iterator();
    var modified = FileTime.from(now);
    try (var zip = ArchiveStream.zip(() -> {
      if (!entries.hasNext()) {
        return null;
      }
      var entry = entries.next();
      return new ArchiveStream.Entry(
          entry.getKey(),
          entry.getValue().length,
          modified,
          () -> new ByteArrayInputStream(entry.getValue()));
    })) {
      stored.add(put(desc, zip, Compression.ZIP));
    }
  }

  /** Returns the files below the output's path or variable, by their names in the archive. */
  private Map<String, byte[]> directory(FileDesc desc) {
    var root = new OutputPlan(desc, desc.label()).archiveRoot();
    var entries = new TreeMap<String, byte[]>();
    written.forEach((path, content) -> {
      for (var folder : List.of(desc.path() + "/", desc.var() + "/")) {
        if (folder.length() > 1 && path.startsWith(folder)) {
          entries.put(root + "/" + path.substring(folder.length()), content);
        }
      }
    });
    return entries;
  }

  private JobFile put(FileDesc desc, InputStream content, Compression compression)
      throws IOException {
    try (var staged = files.stage(job.projectId(), content, Long.MAX_VALUE)) {
      events.publish(job.id(), staged);
      return new JobFile(desc, staged.key().sha256(), staged.sizeBytes(), compression);
    }
  }
}
