package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.config.reading.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsConfigTest {
  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().jobs())
        .isEqualTo(JobsConfig.defaults())
        .isEqualTo(new JobsConfig(
            RunnerKind.AUTO,
            new SizingConfig(Fit.CLAMP, List.of(), List.of(), Capacity.unlimited()),
            new ImagesConfig(
                Map.of(), Map.of(), Optional.empty(), PullPolicy.MISSING, Optional.empty()),
            MissingOutputs.ERROR,
            false,
            OptionalLong.empty(),
            SwarmConfig.none()));
  }

  @Test
  void fullMapping() {
    var yaml = """
        runner: process
        fit: scale
        instance-types:
          offered: [c1.4, x.1]
          own:
            x.1: {cpus: 2, memory: 4g, gpus: 1, gpu-model: T4, gpu-memory: 16g}
            x.2: {cpus: 3, memory: 512m}
        capacity: {jobs: 2, cpus: 8, memory: 16g}
        images: {b1gaaa: own/image:1}
        python-images: {3.10: python:3.10-slim}
        default-image: debian:12
        pull: never
        registry-mirror: mirror.local:5000
        missing-outputs: success
        stop-jobs: true
        seed: 42
        """;
    assertThat(Written.in(folder).yaml(yaml).read().jobs())
        .isEqualTo(new JobsConfig(
            RunnerKind.PROCESS,
            new SizingConfig(
                Fit.SCALE,
                List.of("c1.4", "x.1"),
                List.of(
                    new OwnInstanceType("x.1", 2, gib(4), 1, "T4", gib(16)),
                    new OwnInstanceType(
                        "x.2", 3, new ByteSize(512L << 20), 0, "", new ByteSize(0))),
                new Capacity(
                    OptionalInt.of(2), OptionalInt.of(8), Optional.of(gib(16)), WhenFull.QUEUE)),
            new ImagesConfig(
                Map.of("b1gaaa", "own/image:1"),
                Map.of("3.10", "python:3.10-slim"),
                Optional.of("debian:12"),
                PullPolicy.NEVER,
                Optional.of("mirror.local:5000")),
            MissingOutputs.SUCCESS,
            true,
            OptionalLong.of(42),
            SwarmConfig.none()));
  }

  @Test
  void nodesOfASwarm() throws Exception {
    var yaml = """
        engines:
          first: {address: tcp://10.0.0.1:2376, certificates: .}
          second: {address: ssh://second}
        on-node-loss: retry
        node-cache: 5g
        """;
    var swarm = Written.in(folder).yaml(yaml).read().jobs().swarm();
    assertThat(swarm.engines().keySet()).containsExactly("first", "second");
    assertThat(swarm.engines().get("second"))
        .isEqualTo(new SwarmConfig.Engine("ssh://second", Optional.empty()));
    assertThat(swarm.engines().get("first").certificates()).isPresent();
    assertThat(swarm.onNodeLoss()).isEqualTo(SwarmConfig.NodeLoss.RETRY);
    assertThat(swarm.nodeCache().bytes()).isEqualTo(5L << 30);
    assertThat(Written.in(folder)
            .yaml("engines: {first: {adress: x}}\non-node-loss: again")
            .problems())
        .anySatisfy(words -> assertThat(words).contains("address"))
        .anySatisfy(
            words -> assertThat(words).contains("on-node-loss: expected one of error, retry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000", "1500k", "512m", "20g", "3t"})
  void sizesAreWrittenAsTheyAreRead(String text) {
    assertThat(ByteSize.parse(text)).hasToString(text);
  }

  @Test
  void rejections() {
    var yaml = """
        runner: dockr
        instance-types:
          own:
            x.1: {cpus: 0, memory: 4g}
            x.2: {cpus: 1}
            x.3: {cpus: 1, memory: lots}
        capacity: {jobs: 0, cpus: 1.5}
        images: [a]
        seed: x
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:1: runner: expected one of auto, docker, swarm, process, scripted,"
                + " found \"dockr\"; did you mean \"docker\"?",
            "datasphere-emulator.yaml:4: cpus must be at least 1, not 0",
            "datasphere-emulator.yaml:5: instance-types.own.x.2: key \"memory\" is missing",
            "datasphere-emulator.yaml:6: instance-types.own.x.3.memory: expected a size such as"
                + " 512m or 16g, found \"lots\"",
            "datasphere-emulator.yaml:7: jobs must be at least 1, not 0",
            "datasphere-emulator.yaml:7: capacity.cpus: expected a whole number, found \"1.5\"",
            "datasphere-emulator.yaml:8: images: expected keys with values, found a list",
            "datasphere-emulator.yaml:9: seed: expected a whole number, found \"x\"");
  }

  @Test
  void aFullEmulatorCanRefuseAsTheServicesQuota() throws Exception {
    var capacity = Written.in(folder)
        .yaml("capacity: {jobs: 10, full: refuse}")
        .read()
        .jobs()
        .sizing()
        .capacity();
    assertThat(capacity).isEqualTo(Capacity.quota(10));
  }

  @Test
  void whatIsRefusedNeedsANumberOfJobs() {
    assertThat(Written.in(folder).yaml("capacity: {cpus: 4, full: refuse}").problems())
        .containsExactly("datasphere-emulator.yaml:1: full: refuse needs jobs beside it: say how"
            + " many jobs may be active, as in {jobs: 10, full: refuse}");
    assertThat(Written.in(folder).yaml("capacity: {jobs: 4, full: refused}").problems())
        .containsExactly("datasphere-emulator.yaml:1: capacity.full: expected one of queue, refuse,"
            + " found \"refused\"; did you mean \"refuse\"?");
  }

  @Test
  void codeIsHeldToTheSameRules() {
    assertThatThrownBy(() -> new OwnInstanceType("x", 1, new ByteSize(0), 0, "", new ByteSize(0)))
        .hasMessageStartingWith("memory must be more than nothing");
    assertThatThrownBy(() ->
            new Capacity(OptionalInt.empty(), OptionalInt.of(-1), Optional.empty(), WhenFull.QUEUE))
        .hasMessage("cpus must be at least 1, not -1");
    assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteSize gib(int number) {
    return new ByteSize((long) number << 30);
  }
}
