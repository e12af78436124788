package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.job.Job;
import java.util.List;

/** Describes in words what assertions are about. */
final class Described {
  private Described() {}

  static String job(Job job) {
    return "job " + job.id() + " ('" + job.submission().name() + "', " + job.status() + ")";
  }

  static List<String> jobs(Emulator emulator) {
    return emulator.jobs().stream().map(Described::job).toList();
  }
}
