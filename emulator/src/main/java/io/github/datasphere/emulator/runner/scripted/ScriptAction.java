package io.github.datasphere.emulator.runner.scripted;

/** Code of a test that runs in place of a command. */
@FunctionalInterface
public interface ScriptAction {
  /** What it throws ends the job as a system failure and reaches the test's log. */
  void perform(ScriptedJob job) throws Exception;
}
