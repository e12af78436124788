package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.testing.Journal;
import io.github.datasphere.emulator.testing.UnhonouredFields;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a test has left undone in a world. */
public record StrictModeProblems(World world) {

  /** Returns a sentence for each thing, with the place in the test where it came from. */
  public List<String> problems() {
    var problems = new ArrayList<String>();
    var state = world.testState();
    var origins = origins(state.journal());
    world.engine().latest(Integer.MAX_VALUE).stream()
        .filter(job -> job.status().isActive())
        .forEach(job -> problems.add(running(job, origins.getOrDefault(job.id().value(), ""))));
    world
        .scripts()
        .unused()
        .forEach(stub -> problems.add(
            stub.hasScripts()
                ? "a script was never run: " + stub + "; execute a job that it accepts, or drop it"
                : "the " + stub + " has no script: add thenRun(...), or drop it"));
    world.scripts().unmatched().forEach(job -> problems.add(job.toString()));
    state.faults().pending().forEach(fault -> problems.add("a fault never happened: " + fault));
    state
        .journal()
        .open()
        .forEach(call ->
            problems.add("a call was left open: " + call + "; read it to its end or cancel it"));
    state.journal().exchanges().forEach(call -> {
      var fields = UnhonouredFields.of(call.request());
      if (!fields.isEmpty()) {
        problems.add("a request set what the emulator does not honour, " + fields + ": " + call
            + "; the real service may act on it: leave it out, or do not let the test rely on it");
      }
    });
    return problems;
  }

  /** Maps each job to the place in the test that executed it first. */
  private static Map<String, String> origins(Journal journal) {
    var origins = new HashMap<String, String>();
    for (var call : journal.exchanges("Execute")) {
      call.request(ExecuteProjectJobRequest.class)
          .ifPresent(request -> origins.putIfAbsent(request.getJobId(), call.origin()));
    }
    return origins;
  }

  private static String running(Job job, String executed) {
    return "job " + job.id() + " (" + job.submission().name() + ") is still " + job.status()
        + (executed.isEmpty() ? "" : ", executed at " + executed)
        + "; advance the clock until it ends, or cancel it";
  }
}
