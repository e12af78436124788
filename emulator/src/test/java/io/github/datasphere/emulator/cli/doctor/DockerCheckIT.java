package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What doctor says of the engine of this machine. */
class DockerCheckIT {

  @Test
  void theEngineOfThisMachineCanBeUsed() {
    try (var engine = RealEngine.connect()) {
      var facts = engine.facts();
      var findings = new DockerCheck(
              System.getenv(),
              JobsConfig.defaults().with(RunnerKind.DOCKER),
              Duration.ofSeconds(30))
          .run();

      assertThat(findings).extracting(Finding::level).doesNotContain(Level.PROBLEM);
      assertThat(findings)
          .extracting(Finding::text)
          .anyMatch(text -> text.startsWith(
              "engine " + facts.version() + ", API " + facts.apiVersion() + ", at " + facts.host()))
          .anyMatch(text -> text.startsWith(facts.cpus() + " CPUs and "))
          .anyMatch(text -> text.endsWith(facts.root()) && text.contains(" GiB free for images"));
    }
  }
}
