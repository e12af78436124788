package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.MissingOutputs;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.config.SwarmConfig;
import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.docker.FakeEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What doctor says of the nodes of a swarm that are well, ill, or none. */
class SwarmCheckTest {
  private static final String INFO = """
      {"NCPU": 8, "MemTotal": 17179869184, "MemoryLimit": true, "SwapLimit": true,
       "CpuCfsQuota": true, "SystemTime": "%s",
       "Swarm": {"NodeID": "%s", "LocalNodeState": "%s", "ControlAvailable": %s}}
      """;

  private static final String NODE = """
      {"ID": "%s", "Spec": {"Availability": "%s"}, "Status": {"State": "%s"},
       "Description": {"Hostname": "host-%s", "Platform": {"Architecture": "x86_64"},
         "Resources": {"NanoCPUs": 8000000000, "MemoryBytes": 17179869184}}}
      """;

  private FakeEngine manager;
  private FakeEngine worker;

  @BeforeEach
  void startEngines() throws IOException {
    manager = member(FakeEngine.start(), "one", true, Instant.now());
    worker = member(FakeEngine.start(), "two", false, Instant.now());
    knows(node("one", "active", "ready"), node("two", "active", "ready"));
  }

  @AfterEach
  void stopEngines() {
    if (manager != null) {
      manager.close();
    }
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void nodesThatAreWellAreNamedWithWhatTheyHave() {
    var findings = findings(PullPolicy.MISSING, Map.of("a", manager.host(), "b", worker.host()));

    assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(texts(findings))
        .anySatisfy(text -> assertThat(text).contains("a: manager at", "8 CPUs, 16.0 GiB"))
        .anySatisfy(text -> assertThat(text).contains("b: worker at", "no GPUs", "is there"));
  }

  @Test
  void withoutAManagerItSaysThatNoJobCanBePlaced() {
    var findings = findings(PullPolicy.MISSING, Map.of("b", worker.host()));

    assertThat(findings.get(findings.size() - 1)).satisfies(last -> {
      assertThat(last.level()).isEqualTo(Level.PROBLEM);
      assertThat(last.text()).contains("none of the engines that answer is a manager's");
      assertThat(last.mend())
          .hasValueSatisfying(mend -> assertThat(mend).contains("docker node ls"));
    });
  }

  @Test
  void drainedNodeTakesNoJob() {
    knows(node("one", "active", "ready"), node("two", "drain", "ready"));

    assertThat(texts(findings(PullPolicy.MISSING, both())))
        .anySatisfy(text -> assertThat(text).contains("b: worker", "it takes no job", "DRAIN"));
  }

  @Test
  void nodeThatTheManagersDoNotKnowIsAStranger() {
    knows(node("one", "active", "ready"));

    assertThat(texts(findings(PullPolicy.MISSING, both())))
        .anySatisfy(
            text -> assertThat(text).contains("b: worker", "no manager that answers knows"));
  }

  @Test
  void engineOutsideOfAnySwarmIsTold() {
    info(worker, "", "inactive", false, Instant.now());

    assertThat(texts(findings(PullPolicy.MISSING, both())))
        .anySatisfy(text -> assertThat(text).contains("b: the engine at", "is in no swarm"));
  }

  @Test
  void nodeThatCannotBeReachedIsToldAndTheOthersAreLookedAt() {
    worker.close();

    assertThat(texts(findings(PullPolicy.MISSING, both())))
        .anySatisfy(text -> assertThat(text).contains("b: ", "no container engine answers"))
        .anySatisfy(text -> assertThat(text).contains("a: manager"));
  }

  @Test
  void clockThatDiffersIsTold() {
    info(worker, "two", "active", false, Instant.now().minusSeconds(90));

    assertThat(texts(findings(PullPolicy.MISSING, both())))
        .anySatisfy(text -> assertThat(text).contains("b: its clock is", "behind"));
  }

  @Test
  void imageThatIsMissingAndMayNotBePulledIsAProblem() {
    worker.says("/images/some:1/json", 404, "{\"message\":\"No such image\"}");

    assertThat(findings(PullPolicy.NEVER, both()))
        .filteredOn(finding -> finding.level() == Level.PROBLEM)
        .singleElement()
        .satisfies(finding -> assertThat(finding.text())
            .contains("b: the image some:1 is not there, and may not be pulled"));
  }

  @Test
  void noEnginesAtAllAreAProblemWithTheWordsToWrite() {
    assertThat(findings(PullPolicy.MISSING, Map.of())).singleElement().satisfies(finding -> {
      assertThat(finding.text()).contains("names no engine");
      assertThat(finding.mend())
          .hasValueSatisfying(mend -> assertThat(mend).contains("engines: {"));
    });
  }

  private Map<String, String> both() {
    return Map.of("a", manager.host(), "b", worker.host());
  }

  private static FakeEngine member(FakeEngine engine, String id, boolean manages, Instant time) {
    engine
        .isVersion("27.3.1", "1.47")
        .says("/images/some:1/json", 200, "{\"Id\":\"sha256:1\"}")
        .says("/containers/create", 201, "{\"Id\":\"c1\"}")
        .says("/containers/c1/start", 204, "")
        .says("/containers/c1", 204, "")
        .says("/nodes", 503, "{\"message\":\"This node is not a swarm manager.\"}");
    info(engine, id, "active", manages, time);
    return engine;
  }

  private static void info(
      FakeEngine engine, String id, String state, boolean manages, Instant time) {
    engine.says("/info", 200, INFO.formatted(time, id, state, manages));
  }

  private void knows(String... nodes) {
    manager.says("/nodes", 200, "[" + String.join(",", nodes) + "]");
  }

  private static String node(String id, String availability, String state) {
    return NODE.formatted(id, availability, state, id);
  }

  private static List<Finding> findings(PullPolicy pull, Map<String, String> hosts) {
    var engines = new LinkedHashMap<String, SwarmConfig.Engine>();
    hosts.forEach(
        (name, host) -> engines.put(name, new SwarmConfig.Engine(host, Optional.empty())));
    var jobs = new JobsConfig(
        RunnerKind.SWARM,
        SizingConfig.defaults(),
        new ImagesConfig(Map.of(), Map.of(), Optional.of("some:1"), pull, Optional.empty()),
        MissingOutputs.ERROR,
        false,
        OptionalLong.empty(),
        new SwarmConfig(engines, SwarmConfig.NodeLoss.ERROR, new ByteSize(0)));
    return new SwarmCheck(jobs, Duration.ofSeconds(30)).run();
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }
}
