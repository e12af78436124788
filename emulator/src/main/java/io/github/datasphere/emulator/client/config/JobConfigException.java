package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot become a job; its message has one line for each thing wrong. */
public final class JobConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /** @param problems at least one */
  public JobConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
