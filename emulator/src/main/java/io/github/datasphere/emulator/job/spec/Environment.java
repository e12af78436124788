package io.github.datasphere.emulator.job.spec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command runs in.
 *
 * @param vars environment variables
 * @param image null for the default image
 * @param python null for the plain environment without a venv (service-behaviour 4.17)
 */
public record Environment(
    Map<String, String> vars,
    @Nullable DockerImage image,
    @Nullable PythonEnv python) {
  public static final Environment PLAIN = new Environment(Map.of(), null, null);

  public Environment {
    vars = Values.orderedCopy(vars);
  }
}
