package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Origins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts that a test has ordered. The stub that was made last and matches wins, so a test can
 * refine what a set-up method ordered; a job without any succeeds at once with empty outputs.
 */
public final class ScriptBook implements ScriptSource {
  private final List<Stub> stubs = new CopyOnWriteArrayList<>();
  private final List<Unmatched> unmatched = new CopyOnWriteArrayList<>();

  /** Nothing ordered yet. */
  public ScriptBook() {}

  /** Goes on from what another one held when the snapshot was taken. */
  public ScriptBook(Snapshot start) {
    start.stubs.forEach(stub -> stubs.add(stub.copy()));
    unmatched.addAll(start.unmatched);
    start.shutGates.forEach(Gate::shut);
  }

  /** What this one holds now; later orders and runs do not touch it. */
  public Snapshot snapshot() {
    var copies = stubs.stream().map(Stub::copy).toList();
    var shut = copies.stream()
        .flatMap(stub -> stub.scripts.stream())
        .flatMap(Script::gates)
        .distinct()
        .filter(gate -> !gate.isOpen())
        .toList();
    return new Snapshot(copies, List.copyOf(unmatched), shut);
  }

  /** Begins a stub for the jobs that this predicate accepts. */
  public Stub whenExecuted(Predicate<JobView> jobs) {
    return whenExecuted(jobs, Origins.caller());
  }

  /**
   * The same for whoever orders on behalf of another.
   *
   * @param origin what messages name as the place of the order
   */
  public Stub whenExecuted(Predicate<JobView> jobs, StackTraceElement origin) {
    var stub = new Stub(jobs, origin);
    stubs.add(stub);
    return stub;
  }

  @Override
  public Script scriptFor(Job job) {
    var refusals = new ArrayList<Refusal>();
    for (int i = stubs.size() - 1; i >= 0; i--) {
      var stub = stubs.get(i);
      var looks = new LinkedHashMap<String, Object>();
      try {
        if (stub.jobs.test(JobView.noting(job, looks)) && stub.hasScripts()) {
          return stub.next();
        }
        refusals.add(new Refusal(stub, looks));
      } catch (RuntimeException e) {
        log().warn("The condition of the {} threw at job {}", stub, job.id(), e);
        return Script.empty()
            .failsWith(
                ErrorCode.INTERNAL, "The condition of the " + stub + " threw " + Origins.told(e));
      }
    }
    unmatched.add(new Unmatched(new JobView(job), refusals));
    return succeedAtOnce(job);
  }

  /** Jobs that ran although no stub was for them. */
  public List<Unmatched> unmatched() {
    return List.copyOf(unmatched);
  }

  /** Every stub, in the order in which they were made. */
  public List<Stub> stubs() {
    return List.copyOf(stubs);
  }

  /** Those with a script that no job has run, or with none at all. */
  public List<Stub> unused() {
    return stubs.stream().filter(Stub::hasUnused).toList();
  }

  private static Script succeedAtOnce(Job job) {
    var script = Script.empty();
    for (var output : job.parameters().outputFiles()) {
      script = script.writes(output.label(), new byte[0]);
    }
    return script;
  }

  /** All that a book held at one moment. */
  public static final class Snapshot {
    /** Nothing ordered. */
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of());

    private final List<Stub> stubs;
    private final List<Unmatched> unmatched;
    private final List<Gate> shutGates;

    private Snapshot(List<Stub> stubs, List<Unmatched> unmatched, List<Gate> shutGates) {
      this.stubs = stubs;
      this.unmatched = unmatched;
      this.shutGates = shutGates;
    }
  }

  /** Scripts for some jobs: the first job gets the first, and the last one is for all others. */
  public static final class Stub {
    private final Predicate<JobView> jobs;
    private final StackTraceElement origin;
    private final List<Script> scripts = new ArrayList<>();
    private int used;

    private Stub(Predicate<JobView> jobs, StackTraceElement origin) {
      this.jobs = jobs;
      this.origin = origin;
    }

    private synchronized Stub copy() {
      var copy = new Stub(jobs, origin);
      copy.scripts.addAll(scripts);
      copy.used = used;
      return copy;
    }

    /** Adds a script, built by the function from an empty one. */
    public Stub thenRun(UnaryOperator<Script> script) {
      return thenRun(script.apply(Script.empty()));
    }

    /** Adds a script. */
    public synchronized Stub thenRun(Script script) {
      scripts.add(script);
      return this;
    }

    /** Where the test made it. */
    public StackTraceElement origin() {
      return origin;
    }

    /** False until {@link #thenRun}; then it is for no job. */
    public synchronized boolean hasScripts() {
      return !scripts.isEmpty();
    }

    private synchronized Script next() {
      var script = scripts.get(Math.min(used, scripts.size() - 1));
      used++;
      return script;
    }

    private synchronized boolean hasUnused() {
      return scripts.isEmpty() || used < scripts.size();
    }

    @Override
    public String toString() {
      return "stub made at " + origin;
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(ScriptBook.class);
  }
}
