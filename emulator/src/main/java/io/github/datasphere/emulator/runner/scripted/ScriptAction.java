package io.github.datasphere.emulator.runner.scripted;

/** Code of a test that runs in place of a command. */
@FunctionalInterface
public interface ScriptAction {
  /** Runs the code. An exception ends the job as a system failure and is logged for the test. */
  void perform(ScriptedJob job) throws Exception;
}
