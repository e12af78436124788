package io.github.datasphere.emulator.runner.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.LogFiles.LogFile;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.time.Moments;
import io.github.datasphere.emulator.time.Scheduler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job on its way through its script. A call of the runner, the clock or a gate moves it on, one
 * at a time; {@code generation} cancels what was ordered before a kill or a signal.
 */
final class ScriptedRun implements RunOutput {
  private static final int KILLED = 137;

  private final Job job;
  private final Parts parts;
  private final Map<String, byte[]> written = new LinkedHashMap<>();
  private Script script;
  private int next;
  private int generation;
  private @Nullable Instant began;
  private @Nullable Integer exitAfterAction;
  private RunState.Halt halt = RunState.Halt.NONE;
  private boolean paused;
  private boolean ended;
  private boolean over;

  ScriptedRun(Job job, Script script, Parts parts) {
    this.job = job;
    this.script = script;
    this.parts = parts;
  }

  /** Begins at the saved state of another run, and waits there until {@link #goOnIfPaused}. */
  ScriptedRun(RunState state, Parts parts) {
    this(state.job(), state.script(), parts);
    this.written.putAll(state.written());
    this.next = state.next();
    this.began = state.began();
    this.ended = state.ended();
    this.halt = state.halt();
    this.paused = true;
  }

  /** Returns the state; empty if nothing is left to do. */
  synchronized Optional<RunState> state() {
    return over || (ended && halt.until() == null)
        ? Optional.empty()
        : Optional.of(new RunState(job, script, next, began, written, ended, halt));
  }

  /** Goes on waiting if it was paused; returns whether it was. */
  synchronized boolean goOnIfPaused() {
    if (!paused) {
      return false;
    }
    paused = false;
    if (halt.gate() != null) {
      await(halt.gate());
    } else if (halt.until() != null) {
      at(halt.until(), ended ? this::store : began == null ? this::begin : this::goOn);
    }
    return true;
  }

  synchronized void start() {
    var preparation = script.preparation();
    if (preparation.isZero()) {
      begin();
    } else {
      at(Moments.after(now(), preparation), this::begin);
    }
  }

  synchronized void signal(int signal) {
    if (over || ended || began == null || script.isDeafToSignals()) {
      return;
    }
    var reaction = script.onSignal();
    if (reaction == null) {
      end(new Ending.Exited(128 + signal, ""));
    } else {
      printUnfinished();
      generation++;
      script = reaction;
      next = 0;
      goOn();
    }
  }

  synchronized void kill() {
    if (!over && !ended) {
      end(began == null ? new Ending.NeverStarted() : new Ending.Exited(KILLED, ""));
    }
  }

  /** Stores the outputs once their time is over. */
  synchronized void collect() {
    if (goOnIfPaused() || halt.until() != null) {
      return;
    }
    if (began == null || script.upload().isZero()) {
      store();
    } else {
      at(Moments.after(now(), script.upload()), this::store);
    }
  }

  private void store() {
    halt = RunState.Halt.NONE;
    var errors = new ArrayList<FileError>();
    var outputs = began == null
        ? List.<JobFile>of()
        : new ScriptedOutputs(parts.files(), parts.events(), job, written, now()).store(errors);
    var logs = new LogFiles(parts.files(), parts.log(), parts.events()::publish)
        .store(job, logFiles(), errors);
    parts
        .events()
        .accept(new RunnerEvent.OutputsCollected(
            job.id(), new Collected(outputs, logs, List.of(), errors, datasets())));
  }

  /** Cancels everything that was ordered. */
  synchronized void abandon() {
    over = true;
    generation++;
  }

  @Override
  public synchronized void print(LogSource source, String text) {
    print(source, text.getBytes(UTF_8));
  }

  @Override
  public synchronized void write(String path, byte[] content) {
    written.put(path, content);
  }

  @Override
  public synchronized void exitAfterAction(int code) {
    exitAfterAction = code;
  }

  private void begin() {
    if (!script.preparesBySteps()) {
      tellBegin();
    }
    goOn();
  }

  private void tellBegin() {
    began = now();
    parts.events().accept(new RunnerEvent.Started(job.id()));
  }

  private void goOn() {
    halt = RunState.Halt.NONE;
    int mine = generation;
    while (!over && !ended && mine == generation && next < script.steps().size()) {
      if (!step(script.steps().get(next++))) {
        return;
      }
    }
    if (!over && !ended && mine == generation) {
      end(new Ending.Exited(0, ""));
    }
  }

  /** Does one step; false if the next one has to wait. */
  private boolean step(Step step) {
    if (step instanceof Step.Print print) {
      print(print.source(), new UnfinishedLines(script).record(next - 1));
    } else if (step instanceof Step.Write write) {
      written.put(write.path(), write.content());
    } else if (step instanceof Step.Report report) {
      report(report);
    } else if (step instanceof Step.Perform perform) {
      perform(perform.action());
    } else if (step instanceof Step.Finish finish) {
      end(finish.ending());
    } else if (step instanceof Step.Begin) {
      tellBegin();
    } else if (step instanceof Step.FailPreparing fail) {
      end(fail.ending());
    } else if (step instanceof Step.Await await) {
      await(await.gate());
      return false;
    } else {
      return pause(step);
    }
    return true;
  }

  private void await(Gate gate) {
    halt = new RunState.Halt(null, gate);
    gate.whenOpen(inThisGeneration(this::goOn));
  }

  private boolean pause(Step step) {
    var until = step instanceof Step.Pause pause
        ? Moments.after(now(), pause.time())
        : Moments.after(beginning(), ((Step.LastUntil) step).sinceStart());
    if (!until.isAfter(now())) {
      return true;
    }
    at(until, this::goOn);
    return false;
  }

  private Instant beginning() {
    return began == null ? now() : began;
  }

  private void report(Step.Report report) {
    var progress =
        new Progress(report.percent(), report.message(), now().truncatedTo(ChronoUnit.SECONDS));
    parts.events().accept(new RunnerEvent.Progressed(job.id(), progress));
  }

  private void perform(ScriptAction action) {
    try {
      parts.scheduler().callback(() -> {
        action.perform(new ScriptedJob(job, parts.files(), parts.secrets(), this));
        return true;
      });
      if (exitAfterAction != null) {
        end(new Ending.Exited(exitAfterAction, ""));
      }
    } catch (Exception e) {
      log().warn("The script of job {} ({}) threw", job.id(), job.submission().name(), e);
      end(new Ending.Failed(
          ErrorCode.INTERNAL, "The script of this job threw " + CallSites.told(e)));
    }
  }

  private void print(LogSource source, byte[] text) {
    if (text.length == 0) {
      return;
    }
    parts.log().append(job.id(), new LogRecord(source, now(), text));
  }

  /** Prints unfinished lines, whose rest will not come. */
  private void printUnfinished() {
    var lines = new UnfinishedLines(script);
    for (var source : List.of(LogSource.STDOUT, LogSource.STDERR, LogSource.SYSTEM)) {
      print(source, lines.waiting(next, source));
    }
  }

  private void end(Ending ending) {
    printUnfinished();
    ended = true;
    paused = false;
    halt = RunState.Halt.NONE;
    generation++;
    parts.events().accept(new RunnerEvent.Ended(job.id(), ending));
  }

  private List<LogFile> logFiles() {
    return began == null
        ? List.of(LogFile.SYSTEM)
        : List.of(LogFile.STDOUT, LogFile.STDERR, LogFile.SYSTEM);
  }

  private List<OutputDataset> datasets() {
    return began == null
        ? List.of()
        : job.parameters().outputDatasets().stream()
            .map(desc -> new OutputDataset(desc, parts.ids().next()))
            .toList();
  }

  private void at(Instant instant, Runnable task) {
    halt = new RunState.Halt(instant, null);
    parts.scheduler().at(instant, inThisGeneration(task));
  }

  private Runnable inThisGeneration(Runnable task) {
    int mine = generation;
    return () -> {
      synchronized (this) {
        if (mine == generation && !over) {
          task.run();
        }
      }
    };
  }

  private Instant now() {
    return parts.scheduler().clock().instant();
  }

  /** What a run works with. */
  record Parts(
      FileStore files,
      JobLog log,
      Scheduler scheduler,
      IdSource ids,
      Map<String, String> secrets,
      RunnerEvents events) {}

  private static Logger log() {
    return LoggerFactory.getLogger(ScriptedRun.class);
  }
}
