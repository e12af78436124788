package io.github.datasphere.emulator.config;

/** What carries jobs out. */
public enum RunnerKind {
  /** Docker if an engine answers, else processes. */
  AUTO,
  /** Containers. */
  DOCKER,
  /** Containers on the nodes of a Docker Swarm, which {@code engines} names. */
  SWARM,
  /** Processes of this machine, without isolation. */
  PROCESS,
  /** Nothing runs: a script says what each job does. */
  SCRIPTED;

  /** Whether jobs certainly run in containers. */
  public boolean isContained() {
    return this == DOCKER || this == SWARM;
  }
}
