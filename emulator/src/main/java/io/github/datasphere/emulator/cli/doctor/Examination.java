package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is looked at.
 *
 * @param expected the client variables of the running server; empty if none runs
 * @param ca the certificate of that server
 * @param program how the user calls the emulator
 */
public record Examination(
    EmulatorConfig config,
    Map<String, String> environment,
    Map<String, String> expected,
    Optional<Path> ca,
    String program,
    Instant now) {
  private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(10);

  /** All subjects, in the order in which they are shown. */
  public List<Check> checks() {
    var programs = new ProgramSearch(environment);
    var checks = new ArrayList<Check>();
    checks.add(
        config.jobs().runner() == RunnerKind.SWARM
            ? new SwarmCheck(config.jobs(), ENGINE_PATIENCE)
            : new DockerCheck(environment, config.jobs(), ENGINE_PATIENCE));
    checks.add(new ShellCheck(programs));
    checks.add(new PythonCheck(programs));
    checks.add(new GpuCheck(programs));
    checks.add(new PortsCheck(config.network(), ca.isPresent()));
    checks.add(new DataCheck(config.storage()));
    ca.ifPresent(file -> checks.add(new CertificateCheck(file, now)));
    checks.add(new ClientCheck(environment, expected, program));
    checks.add(new OfficialClientCheck(programs));
    return checks;
  }
}
