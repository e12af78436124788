package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.Job;
import java.util.List;
import java.util.stream.Stream;

/** Describes in words what assertions are about. */
final class Described {
  private Described() {}

  static String job(Job job) {
    return "job " + job.getId() + " ('" + job.getName() + "', " + job.getStatus() + ")";
  }

  static List<String> jobs(Emulator emulator) {
    return emulator.jobs().stream().map(Described::job).toList();
  }

  /** Names the files that a job has left, by their path, or else their variable. */
  static List<String> files(Job job) {
    return Stream.of(job.getOutputFilesList(), job.getLogFilesList(), job.getDiagnosticFilesList())
        .flatMap(List::stream)
        .map(file -> file.getDesc().getPath().isEmpty()
            ? file.getDesc().getVar()
            : file.getDesc().getPath())
        .toList();
  }
}
