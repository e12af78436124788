package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.saved.ShownLogs;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All logs of a job in one archive, a file for each source. It is made while it is sent: the log is
 * read once for each source, so that nothing of it has to be kept.
 */
final class LogArchive {
  private final ShownLogs logs;

  LogArchive(ShownLogs logs) {
    this.logs = logs;
  }

  void send(Request request) throws IOException {
    request.allowOnly(Set.of());
    var job = request.job();
    // What comes while this is read belongs to the next download
    long end = logs.end(job);
    try (var out =
        Answers.theirs(request.exchange(), "application/zip", job + "-logs.zip", false, 0)) {
      var zip = new ZipOutputStream(out);
      zip.setLevel(Deflater.BEST_SPEED);
      var names = new HashSet<String>();
      var met = new HashSet<>(Set.of(Pieces.STDOUT));
      var left = new ArrayDeque<>(met);
      while (!left.isEmpty()) {
        var source = left.remove();
        zip.putNextEntry(new ZipEntry(JobArchive.unused(names, name(source))));
        var writer = new SourceWriter(source::equals, zip);
        writer.copy(logs.from(job, 0), end);
        zip.closeEntry();
        writer.sources().stream().filter(met::add).forEach(left::add);
      }
      zip.finish();
    }
  }

  private static String name(String source) {
    var isStream = Set.of(Pieces.STDOUT, Pieces.STDERR, Pieces.SYSTEM).contains(source);
    return isStream ? source + ".log" : JobArchive.safe(source, "log");
  }
}
