package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.saved.StoredFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The stored files of a job in one archive, whose names cannot lead out of where it is unpacked.
 */
final class JobArchive {
  private final JobEngine jobs;

  JobArchive(JobEngine jobs) {
    this.jobs = jobs;
  }

  void send(Request request) throws IOException {
    request.allowOnly(Set.of());
    var job = jobs.job(request.job());
    try (var out =
        Answers.theirs(request.exchange(), "application/zip", job.id() + "-files.zip", false, 0)) {
      write(job, out);
    }
  }

  private void write(Job job, OutputStream out) throws IOException {
    var zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    var names = new HashSet<String>();
    if (!job.data().cleared()) {
      for (var kind : StoredFiles.byKind(job).entrySet()) {
        for (var file : kind.getValue()) {
          add(zip, job, file, unused(names, kind.getKey() + "s/" + safe(file)));
        }
      }
    }
    zip.finish();
  }

  private void add(ZipOutputStream zip, Job job, JobFile file, String name) throws IOException {
    try (var stored = StoredFiles.open(jobs, job, file).orElse(null)) {
      // One that was never uploaded is left out: the archive has what there is
      if (stored != null) {
        zip.putNextEntry(new ZipEntry(name));
        stored.content().transferTo(zip);
        zip.closeEntry();
      }
    }
  }

  /** Returns the path of a file without what leads elsewhere. */
  private static String safe(JobFile file) {
    var path = safe(file.desc().label(), file.sha256());
    return file.compression() == Compression.ZIP ? path + ".zip" : path;
  }

  /**
   * Returns a path without what leads elsewhere.
   *
   * @param otherwise if nothing is left of it
   */
  static String safe(String name, String otherwise) {
    List<String> parts = new ArrayList<>();
    for (var part : name.replace('\\', '/').split("/")) {
      var plain = part.replaceAll("[\\x00-\\x1f:*?\"<>|]", "_");
      if (!plain.isBlank() && !plain.equals(".") && !plain.equals("..")) {
        parts.add(plain);
      }
    }
    return parts.isEmpty() ? otherwise : String.join("/", parts);
  }

  /** Returns the name, or one like it that is free, and takes it. */
  static String unused(Set<String> names, String name) {
    var free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}
