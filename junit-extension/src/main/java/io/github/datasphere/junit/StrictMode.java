package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.testing.Exchange;
import java.util.ArrayList;
import java.util.List;

/** Finds what a test has left undone. */
final class StrictMode {
  private StrictMode() {}

  /**
   * Throws if there is anything.
   *
   * @throws AssertionError names each thing and where it came from
   */
  static void check(Emulator emulator) {
    var problems = problems(emulator);
    if (!problems.isEmpty()) {
      throw new AssertionError("The test left something undone (strict mode):\n- "
          + String.join("\n- ", problems) + "\n" + FailureReport.of(emulator));
    }
  }

  private static List<String> problems(Emulator emulator) {
    var problems = new ArrayList<String>();
    emulator.jobs().stream()
        .filter(job -> job.status().isActive())
        .forEach(job -> problems.add(running(emulator, job)));
    emulator
        .scripts()
        .unused()
        .forEach(stub -> problems.add(
            "a script was never run: " + stub + "; execute a job that it accepts, or drop it"));
    emulator
        .scripts()
        .unmatched()
        .forEach(job -> problems.add(
            job + " ran without a script; there were: " + emulator.scripts().stubs()));
    emulator.faults().pending().forEach(fault -> problems.add("a fault never happened: " + fault));
    emulator
        .journal()
        .open()
        .forEach(call ->
            problems.add("a call was left open: " + call + "; read it to its end or cancel it"));
    return problems;
  }

  private static String running(Emulator emulator, Job job) {
    var executed = emulator.journal().exchanges("Execute").stream()
        .filter(call -> String.valueOf(call.request()).contains(job.id().value()))
        .map(Exchange::origin)
        .findFirst()
        .orElse("");
    return "job " + job.id() + " (" + job.submission().name() + ") is still " + job.status()
        + (executed.isEmpty() ? "" : ", executed at " + executed)
        + "; advance the clock until it ends, or cancel it";
  }
}
