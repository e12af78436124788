package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.logs.LogSource;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job does instead of running its command: steps in order, on the emulator's clock.
 * Immutable; every method gives a new script with one step more.
 *
 * <pre>{@code
 * Script.empty().stdout("epoch 1\n").lasts(ofMinutes(10)).writes("model.bin", bytes).exits(0)
 * }</pre>
 */
public final class Script {
  private static final int LARGEST_CODE = 255;
  private static final Script EMPTY =
      new Script(List.of(), Duration.ZERO, Duration.ZERO, null, false);

  private final List<Step> steps;
  private final Duration preparation;
  private final Duration upload;
  private final @Nullable Script onSignal;
  private final boolean ignoresSignals;

  private Script(
      List<Step> steps,
      Duration preparation,
      Duration upload,
      @Nullable Script onSignal,
      boolean ignoresSignals) {
    this.steps = List.copyOf(steps);
    this.preparation = preparation;
    this.upload = upload;
    this.onSignal = onSignal;
    this.ignoresSignals = ignoresSignals;
  }

  /** Makes a script that exits with 0 at once, and ends at the first signal. */
  public static Script empty() {
    return EMPTY;
  }

  /** Stays in PREPARING for this long before the command begins. */
  public Script preparesFor(Duration time) {
    return new Script(steps, notNegative(time), upload, onSignal, ignoresSignals);
  }

  /**
   * Lets the command begin here: what stands before it happens in PREPARING. Nothing but
   * {@link #systemLog}, {@link #after} and {@link #waitsFor} can stand there.
   *
   * @throws IllegalStateException if something else stands before it
   */
  public Script begins() {
    checkPrepares("before the command begins");
    return and(new Step.Begin());
  }

  /** Stays in UPLOADING_OUTPUT for this long after the command has ended, however it ended. */
  public Script uploadsFor(Duration time) {
    return new Script(steps, preparation, notNegative(time), onSignal, ignoresSignals);
  }

  public Script stdout(String text) {
    return and(new Step.Print(LogSource.STDOUT, text.getBytes(StandardCharsets.UTF_8)));
  }

  public Script stderr(String text) {
    return and(new Step.Print(LogSource.STDERR, text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Prints these bytes, as one record.
   *
   * @param log {@code stdout}, {@code stderr}, or the name of a log file, such as
   *     {@code .system.log}
   */
  public Script prints(String log, byte[] bytes) {
    return and(new Step.Print(LogSource.named(log), bytes.clone()));
  }

  /** Adds to system.log. */
  public Script systemLog(String text) {
    return and(new Step.Print(LogSource.SYSTEM, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Lets this much time pass before the next step. */
  public Script after(Duration time) {
    return and(new Step.Pause(notNegative(time)));
  }

  /** Lets time pass until the command has run for this long. */
  public Script lasts(Duration sinceStart) {
    return and(new Step.LastUntil(notNegative(sinceStart)));
  }

  /**
   * Leaves a file.
   *
   * @param path of a declared output, or its variable; {@code dir/file} for a file of an output
   *     directory {@code dir}
   */
  public Script writes(String path, byte[] content) {
    return and(new Step.Write(path, content.clone()));
  }

  /** Leaves a file with this text, see {@link #writes(String, byte[])}. */
  public Script writes(String path, String text) {
    return writes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reports progress, 0 to 100 percent (service-behaviour 5.12). */
  public Script progress(int percent, String message) {
    if (percent < 0 || percent > 100) {
      throw CallSites.inAuthorsCode(
          new IllegalArgumentException("progress is 0 to 100 percent, not " + percent));
    }
    return and(new Step.Report(percent, message));
  }

  /** Waits until the test opens the gate. */
  public Script waitsFor(Gate gate) {
    return and(new Step.Await(gate));
  }

  /** Runs code of the test, which sees the inputs as they were uploaded. */
  public Script performs(ScriptAction action) {
    return and(new Step.Perform(action));
  }

  /** Ends with this code, 0 to 255; without it a script exits with 0 after its last step. */
  public Script exits(int code) {
    if (code < 0 || code > LARGEST_CODE) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          "a program exits with 0 to " + LARGEST_CODE + ", not " + code));
    }
    return and(new Step.Finish(new Ending.Exited(code, "")));
  }

  /**
   * Ends as a failure of the system, not of the program (service-behaviour 3.8).
   *
   * @throws IllegalArgumentException if an operation of the service never ends with this code
   */
  public Script failsWith(Status.Code code, String message) {
    return and(new Step.Finish(failure(code, message)));
  }

  /**
   * Ends as a failure of the system before the command begins: an image that cannot be pulled, an
   * environment that cannot be built (service-behaviour 10.10). Nothing but {@link #systemLog},
   * {@link #after} and {@link #waitsFor} can stand before it.
   *
   * @throws IllegalArgumentException if an operation of the service never ends with this code
   * @throws IllegalStateException if something else stands before it
   */
  public Script failsWhilePreparing(Status.Code code, String message) {
    checkPrepares("a job that fails while it prepares runs no program, so take failsWith, or else");
    return and(new Step.FailPreparing(failure(code, message)));
  }

  private void checkPrepares(String what) {
    if (!steps.stream().allMatch(Step::canPrepare)) {
      throw CallSites.inAuthorsCode(
          new IllegalStateException(what + " only systemLog, after and waitsFor can stand there"));
    }
  }

  /** Sets what the program does at a signal of a graceful cancel, instead of ending. */
  public Script onSignal(Script reaction) {
    if (reaction.preparesBySteps()) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException("a program that gets a signal has"
          + " begun: take failsWith for failsWhilePreparing, and leave out begins"));
    }
    return new Script(steps, preparation, upload, reaction, false);
  }

  /** Ignores signals; only a kill ends it early. */
  public Script ignoresSignals() {
    return new Script(steps, preparation, upload, null, true);
  }

  /** Returns the gates that the script may wait for. */
  Stream<Gate> gates() {
    var own =
        steps.stream().filter(Step.Await.class::isInstance).map(step -> ((Step.Await) step).gate());
    return onSignal == null ? own : Stream.concat(own, onSignal.gates());
  }

  List<Step> steps() {
    return steps;
  }

  Duration preparation() {
    return preparation;
  }

  Duration upload() {
    return upload;
  }

  /** Whether a step tells that the command begins, or never does. */
  boolean preparesBySteps() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Begin || step instanceof Step.FailPreparing);
  }

  /** Returns the reaction, whose outputs take as long as those of this script. */
  @Nullable
  Script onSignal() {
    return onSignal == null || !onSignal.upload.isZero() ? onSignal : onSignal.uploadsFor(upload);
  }

  boolean isDeafToSignals() {
    return ignoresSignals;
  }

  private Script and(Step step) {
    var all = new ArrayList<>(steps);
    if (!all.isEmpty() && all.get(all.size() - 1).isEnd()) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "the script has ended: nothing can follow exits, failsWith or failsWhilePreparing;"
              + " put it before them"));
    }
    all.add(step);
    return new Script(all, preparation, upload, onSignal, ignoresSignals);
  }

  private static Ending.Failed failure(Status.Code code, String message) {
    var known = ErrorCode.of(code.value())
        .orElseThrow(() ->
            CallSites.inAuthorsCode(new IllegalArgumentException("an operation cannot end with "
                + code + ", but with one of " + Arrays.toString(ErrorCode.values()))));
    return new Ending.Failed(known, message);
  }

  private static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw CallSites.inAuthorsCode(
          new IllegalArgumentException("a script cannot last " + time + ": time only goes on"));
    }
    return time;
  }
}
