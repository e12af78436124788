package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.logs.LogSource;
import java.time.Duration;

/** One thing that a script does; a script does them one after another. */
@SuppressWarnings("ArrayRecordComponent") // steps are carried out, never compared
sealed interface Step {
  /** Whether it may come before the command begins. */
  default boolean canPrepare() {
    return this instanceof Pause
        || this instanceof Await
        || (this instanceof Print print && print.source().equals(LogSource.SYSTEM));
  }

  /** Whether nothing can follow it. */
  default boolean isEnd() {
    return this instanceof Finish || this instanceof FailPreparing;
  }

  /** Prints a text. */
  record Print(LogSource source, byte[] text) implements Step {}

  /** Lets time pass. */
  record Pause(Duration time) implements Step {}

  /** Lets time pass until so long after the command began. */
  record LastUntil(Duration sinceStart) implements Step {}

  /** Leaves a file for the outputs. */
  record Write(String path, byte[] content) implements Step {}

  /** Reports progress. */
  record Report(int percent, String message) implements Step {}

  /** Waits until the test opens the gate. */
  record Await(Gate gate) implements Step {}

  /** Does what the test's own code says. */
  record Perform(ScriptAction action) implements Step {}

  /** The command begins. */
  record Begin() implements Step {}

  /** Ends before the command has begun. */
  record FailPreparing(Ending.Failed ending) implements Step {}

  /** Ends the run. */
  record Finish(Ending ending) implements Step {}
}
