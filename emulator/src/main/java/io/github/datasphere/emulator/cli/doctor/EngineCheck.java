package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.config.RunnerKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The container engine. */
final class EngineCheck implements Check {
  private static final String STANDARD_SOCKET = "/var/run/docker.sock";

  private final Map<String, String> environment;
  private final RunnerKind runner;

  EngineCheck(Map<String, String> environment, RunnerKind runner) {
    this.environment = environment;
    this.runner = runner;
  }

  @Override
  public String subject() {
    return "Docker";
  }

  @Override
  public List<Finding> run() {
    var host = environment.getOrDefault("DOCKER_HOST", "");
    try {
      return List.of(
          ask(host.isEmpty() ? EngineAddress.unix(STANDARD_SOCKET) : EngineAddress.parse(host)));
    } catch (IllegalArgumentException e) {
      return List.of(Finding.problem("DOCKER_HOST=" + host + ": " + e.getMessage(), "mend it"));
    }
  }

  private Finding ask(EngineAddress engine) {
    try {
      var answer = engine.version();
      var version = field(answer, "Version");
      return version.isEmpty()
          ? unusable(
              "what answers at " + engine.name() + " is no container engine: " + firstLine(answer),
              "point DOCKER_HOST at one")
          : Finding.ok("engine " + version + ", API " + field(answer, "ApiVersion") + ", at "
              + engine.name());
    } catch (IOException e) {
      var reason = String.valueOf(e.getMessage());
      return reason.contains("Permission denied")
          ? unusable(
              "you may not use the engine at " + engine.name(),
              "join its group (sudo usermod -aG docker \"$USER\") and log in anew")
          : unusable(
              "no engine answers at " + engine.name() + ": " + reason,
              "start Docker or Podman, point DOCKER_HOST at it, or go on without: jobs then run"
                  + " as processes");
    }
  }

  private Finding unusable(String text, String mend) {
    return runner == RunnerKind.DOCKER ? Finding.problem(text, mend) : Finding.note(text, mend);
  }

  private static String field(String json, String name) {
    // The outermost fields come after those of the components: the last one counts.
    var match = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return match.results().reduce((before, after) -> after).map(r -> r.group(1)).orElse("");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("it says nothing");
  }
}
