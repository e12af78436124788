package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.Job;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts that a test has ordered. If several stubs match, the latest one counts, so a test can
 * refine what a set-up method ordered. A job without a stub succeeds at once with empty outputs.
 */
public final class ScriptBook implements ScriptSource {
  private final List<Stub> stubs = new CopyOnWriteArrayList<>();
  private final List<Unmatched> unmatched = new CopyOnWriteArrayList<>();

  /** Begins without orders. */
  public ScriptBook() {}

  /** Begins with what another book held when the snapshot was taken. */
  public ScriptBook(Snapshot start) {
    start.stubs.forEach(stub -> stubs.add(stub.copy()));
    unmatched.addAll(start.unmatched);
    start.shutGates.forEach(Gate::shut);
  }

  /** Returns what this book holds now; later orders and runs do not change it. */
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
    return whenExecuted(jobs, CallSites.caller());
  }

  /**
   * Begins a stub for code that orders on behalf of a test.
   *
   * @param origin the place of the order in messages
   */
  public Stub whenExecuted(Predicate<JobView> jobs, StackTraceElement origin) {
    var stub = new Stub(jobs, origin);
    stubs.add(stub);
    return stub;
  }

  @Override
  public Script scriptFor(Job job) {
    var refusals = new ArrayList<ScriptRefusal>();
    for (int i = stubs.size() - 1; i >= 0; i--) {
      var stub = stubs.get(i);
      var looks = new LinkedHashMap<String, Object>();
      try {
        if (stub.jobs.test(JobView.noting(job, looks)) && stub.hasScripts()) {
          return stub.next(new JobView(job));
        }
        refusals.add(new ScriptRefusal(stub::toString, stub::hasScripts, looks));
      } catch (RuntimeException e) {
        log().warn("The condition of the {} threw at job {}", stub, job.id(), e);
        return Script.empty()
            .failsWith(
                Status.Code.INTERNAL,
                "The condition of the " + stub + " threw " + CallSites.told(e));
      }
    }
    unmatched.add(new Unmatched(new JobView(job), refusals));
    return succeedAtOnce(job);
  }

  /** Returns jobs that ran although no stub matched them. */
  public List<Unmatched> unmatched() {
    return List.copyOf(unmatched);
  }

  /** Returns all stubs in the order in which they were made. */
  public List<Stub> stubs() {
    return List.copyOf(stubs);
  }

  /** Returns the stubs with a script that no job has run, or without a script. */
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
    /** A snapshot without orders. */
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

  /**
   * Scripts for some jobs: the first job gets the first script, and so on; all further jobs get the
   * last one.
   */
  public static final class Stub {
    private final Predicate<JobView> jobs;
    private final StackTraceElement origin;
    private final List<Script> scripts = new ArrayList<>();
    private @Nullable Function<JobView, Script> decision;
    private int used;

    private Stub(Predicate<JobView> jobs, StackTraceElement origin) {
      this.jobs = jobs;
      this.origin = origin;
    }

    private synchronized Stub copy() {
      var copy = new Stub(jobs, origin);
      copy.scripts.addAll(scripts);
      copy.decision = decision;
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

    /**
     * Lets this function say what a job does, for all jobs that come after those with a script of
     * their own. It is called for each of them when it runs; if it throws, the job fails.
     */
    public synchronized Stub thenDecide(Function<JobView, Script> decision) {
      this.decision = decision;
      return this;
    }

    /** Returns where the test made the stub. */
    public StackTraceElement origin() {
      return origin;
    }

    /** Whether it has scripts; without one it matches no job. */
    public synchronized boolean hasScripts() {
      return !scripts.isEmpty() || decision != null;
    }

    private Script next(JobView job) {
      Function<JobView, Script> decides;
      synchronized (this) {
        int turn = used++;
        if (turn < scripts.size() || decision == null) {
          return scripts.get(Math.min(turn, scripts.size() - 1));
        }
        decides = decision;
      }
      try {
        return decides.apply(job);
      } catch (RuntimeException e) {
        log().warn("The decision of the {} threw at {}", this, job, e);
        return Script.empty()
            .failsWith(
                Status.Code.INTERNAL,
                "The decision of the " + this + " threw " + CallSites.told(e));
      }
    }

    private synchronized boolean hasUnused() {
      return !hasScripts() || used < scripts.size() + (decision == null ? 0 : 1);
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
