package io.github.datasphere.emulator.config;

/** What carries jobs out. */
public enum RunnerKind {
  /** Docker if an engine answers, else processes. */
  AUTO,
  /** Containers. */
  DOCKER,
  /** Processes of this machine, without isolation. */
  PROCESS,
  /** Nothing runs: a script says what each job does. */
  SCRIPTED
}
