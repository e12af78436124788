package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody with access to the engine does to the container of a job while it runs, and after
 * its command has ended. All begin at once, a few at a time, since each mostly waits. Run by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideAttacksIT {
  private static final int AT_ONCE = 6;
  private static final String GOES_ON = "3";
  private static final String ENDS = "(137|failed)";
  private static final String EITHER = "(3|137|1|2|failed)";
  private static final String STATE = "/var/lib/datasphere-emulator";
  private static final String MARK = "\\03600000000000000000000000000000000 0\\n";

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, Future<?>> done = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private DockerEngine engine;
  private RunnerHarness harness;

  /** What is done to a container. */
  @FunctionalInterface
  interface Deed {
    void to(Victim victim) throws Exception;
  }

  /** What the engine may refuse. */
  @FunctionalInterface
  interface Quiet {
    void run() throws InterruptedException;
  }

  /** One attack, and the exit code that may be told then. */
  record Attack(String name, String end, Deed deed) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void begin(@TempDir Path folder) {
    assumeTrue(Boolean.getBoolean("attacks"), "minutes long: run by hand with -Dattacks=true");
    engine = RealEngine.connect();
    harness = new RunnerHarness((ports, events) -> RealEngine.factory(Durability.ENDED_AT_CLOSE)
        .start(folder, JobResources.within(folder), ports, events));
    running().forEach(one -> done.put(one.name(), threads.submit(() -> whileItRuns(one))));
    ended().forEach(one -> done.put(one.name(), threads.submit(() -> onceItHasEnded(one))));
  }

  @AfterAll
  void end() {
    threads.shutdownNow();
    if (harness != null) {
      harness.close();
    }
    if (engine != null) {
      strangers.forEach(id -> engine
          .client()
          .removeContainerCmd(id)
          .withForce(true)
          .withRemoveVolumes(true)
          .exec());
      engine.close();
    }
  }

  @ParameterizedTest
  @MethodSource("running")
  void theEndOfARunningJobIsTrue(Attack attack) throws Exception {
    done.get(attack.name()).get(4, TimeUnit.MINUTES);
  }

  @ParameterizedTest
  @MethodSource("ended")
  void whatAnEndedJobLeftIsStoredOrToldToBeMissing(Attack attack) throws Exception {
    done.get(attack.name()).get(4, TimeUnit.MINUTES);
  }

  private Void whileItRuns(Attack attack) throws Exception {
    var job = harness.start(
        job("echo ready; until [ -e go ]; do sleep 0.1; done; exit 3").build());
    harness.awaitStdout(job, "ready");
    var victim = new Victim(job, container(job));
    attack.deed().to(victim);
    if (!attack.end().equals(ENDS)) {
      victim.quietly(() -> victim.exec("touch /job/go /moved/go"));
    }
    var ending = harness.awaitEnd(job.id());
    var code = ending instanceof Ending.Exited exited
        ? Integer.toString(exited.returnCode())
        : ending instanceof Ending.Failed ? "failed" : "other";
    assertThat(code).as(ending + "\n" + harness.systemLog(job)).matches(attack.end());
    harness.runner().release(job.id());
    return null;
  }

  private Void onceItHasEnded(Attack attack) throws Exception {
    var job = job("head -c 3000000 /dev/urandom > out; mkdir dir; echo x > dir/x; exit 0")
        .output("out", "")
        .output("dir", "")
        .build();
    harness.run(job);
    attack.deed().to(new Victim(job, container(job)));
    var collected = harness.collect(job);
    assertWhole(collected);
    harness.runner().release(job.id());
    return null;
  }

  /** Nothing is half there, and what is not there is told. */
  private static void assertWhole(Collected collected) {
    assertThat(collected.outputFiles().size() + collected.errors().size())
        .isGreaterThanOrEqualTo(2);
    assertThat(collected.outputFiles())
        .filteredOn(file -> file.desc().path().equals("out"))
        .filteredOn(file -> file.compression() == Compression.NONE)
        .allSatisfy(file -> assertThat(file.sizeBytes()).isEqualTo(3_000_000));
  }

  static List<Attack> running() {
    return Stream.of(signals(), states(), insiders(), strangers())
        .flatMap(some -> some)
        .toList();
  }

  private static Stream<Attack> signals() {
    return Stream.concat(
        Stream.of("TERM", "INT", "HUP", "QUIT", "USR1", "PIPE", "CONT", "WINCH", "URG", "CHLD")
            .map(signal -> new Attack("SIG" + signal, GOES_ON, it -> it.signal(signal))),
        Stream.of(
            new Attack("SIGKILL", ENDS, it -> it.signal("KILL")),
            new Attack("SIGSTOP and SIGCONT", GOES_ON, it -> {
              it.signal("STOP");
              it.signal("CONT");
            }),
            new Attack("SIGSTOP and a Cancel", ENDS, it -> {
              it.signal("STOP");
              it.cancel();
            })));
  }

  private static Stream<Attack> states() {
    return Stream.of(
        new Attack(
            "stop",
            ENDS,
            it -> it.client().stopContainerCmd(it.id()).withTimeout(0).exec()),
        new Attack("stop and start", ENDS, it -> {
          it.client().stopContainerCmd(it.id()).withTimeout(0).exec();
          it.quietly(() -> it.client().startContainerCmd(it.id()).exec());
        }),
        new Attack(
            "restart",
            ENDS,
            it -> it.client().restartContainerCmd(it.id()).withTimeout(0).exec()),
        new Attack("pause and unpause", GOES_ON, it -> {
          it.client().pauseContainerCmd(it.id()).exec();
          it.client().unpauseContainerCmd(it.id()).exec();
        }),
        new Attack("pause and a Cancel", ENDS, it -> {
          it.client().pauseContainerCmd(it.id()).exec();
          it.cancel();
        }),
        new Attack("pause and removal", ENDS, it -> {
          it.client().pauseContainerCmd(it.id()).exec();
          it.client().removeContainerCmd(it.id()).withForce(true).exec();
        }),
        new Attack(
            "removal",
            ENDS,
            it -> it.client().removeContainerCmd(it.id()).withForce(true).exec()),
        new Attack(
            "removal without force",
            GOES_ON,
            it -> it.quietly(() -> it.client().removeContainerCmd(it.id()).exec())),
        new Attack("removal as a Cancel comes", ENDS, it -> {
          it.cancel();
          it.quietly(
              () -> it.client().removeContainerCmd(it.id()).withForce(true).exec());
        }),
        new Attack(
            "another name",
            GOES_ON,
            it -> it.client()
                .renameContainerCmd(it.id())
                .withName("x" + it.job().id())
                .exec()),
        new Attack(
            "less memory",
            GOES_ON,
            it -> it.client()
                .updateContainerCmd(it.id())
                .withMemory(64L << 20)
                .withMemorySwap(64L << 20)
                .exec()),
        new Attack(
            "less of the processor",
            GOES_ON,
            it -> it.client().updateContainerCmd(it.id()).withCpuShares(2).exec()),
        new Attack(
            "no network",
            GOES_ON,
            it -> it.client()
                .disconnectFromNetworkCmd()
                .withNetworkId("bridge")
                .withContainerId(it.id())
                .withForce(true)
                .exec()),
        new Attack(
            "removal of its image",
            GOES_ON,
            it -> it.quietly(() -> it.client().removeImageCmd(it.imageId()).exec())));
  }

  private static Stream<Attack> insiders() {
    return Stream.of(
        new Attack("an end of all processes", ENDS, it -> it.exec("kill -9 -1")),
        new Attack("a kill of process 1", GOES_ON, it -> it.exec("kill -9 1")),
        new Attack("a stop of process 1", GOES_ON, it -> it.exec("kill -STOP 1")),
        new Attack(
            "marks on the streams",
            GOES_ON,
            it -> it.exec(
                "printf '" + MARK + "' > /proc/1/fd/1; printf '" + MARK + "' > /proc/1/fd/2")),
        new Attack("a request to let go", EITHER, it -> it.exec("echo release > /proc/1/fd/0")),
        new Attack(
            "a request to run something else",
            GOES_ON,
            it -> it.exec(
                "printf 'write x\\nexit 0\\nrun 00000000000000000000000000000000 streams x\\n\\n' > /proc/1/fd/0")),
        new Attack(
            "a request that is none", GOES_ON, it -> it.exec("echo nonsense > /proc/1/fd/0")),
        new Attack("no state", EITHER, it -> it.exec("rm -rf " + STATE)),
        new Attack(
            "a state that is a file",
            EITHER,
            it -> it.exec("rm -rf " + STATE + "; touch " + STATE)),
        new Attack(
            "another command in the state",
            GOES_ON,
            it -> it.exec("echo exit 0 > " + STATE + "/command")),
        new Attack("no directory", EITHER, it -> it.exec("mv /job /moved")),
        new Attack(
            "another shell",
            GOES_ON,
            it -> it.exec("cp /bin/true /bin/bash.new; "
                + "touch /job/go; mv -f /bin/bash.new $(readlink -f $(command -v bash))")),
        new Attack(
            "no programs",
            GOES_ON,
            it -> it.exec(
                "touch /job/go; rm -f /bin/sleep /usr/bin/sleep /bin/mv /usr/bin/mv /bin/cat /usr/bin/cat")),
        new Attack(
            "somebody who holds the streams",
            GOES_ON,
            it -> it.execDetached("exec sleep 1000 > /proc/1/fd/1 2> /proc/1/fd/2")),
        new Attack(
            "a process of another session", GOES_ON, it -> it.execDetached("exec sleep 1000")),
        new Attack(
            "a crowd of processes",
            GOES_ON,
            it -> it.execDetached("for i in $(seq 100); do sleep 1000 & done; wait")),
        new Attack(
            "a link in the place of a file",
            GOES_ON,
            it -> it.exec("ln -sf /etc/shadow /job/x; ln -sfn / /var/log/datasphere-emulator/x")),
        new Attack("its own stdin", EITHER, it -> it.attach("kill\n")),
        new Attack("half a request on its stdin", GOES_ON, it -> it.attach("half")));
  }

  private static Stream<Attack> strangers() {
    return Stream.of(
        new Attack(
            "a stranger of a similar name",
            GOES_ON,
            it -> it.stranger(
                "datasphere-job-" + it.job().id() + "-x", Map.of(), HostConfig.newHostConfig())),
        new Attack(
            "a stranger with a label of ours",
            GOES_ON,
            it -> it.stranger(
                "a" + it.job().id(),
                Map.of(Ownership.JOB, it.job().id().value()),
                HostConfig.newHostConfig())),
        new Attack(
            "a stranger with another owner",
            GOES_ON,
            it -> it.stranger(
                "b" + it.job().id(),
                Map.of(Ownership.JOB, it.job().id().value(), Ownership.OWNER, "data-other"),
                HostConfig.newHostConfig())),
        new Attack(
            "a stranger with its volumes",
            GOES_ON,
            it -> it.stranger(
                "c" + it.job().id(),
                Map.of(),
                HostConfig.newHostConfig().withVolumesFrom(new VolumesFrom(it.id())))),
        new Attack(
            "a stranger in its network",
            GOES_ON,
            it -> it.stranger(
                "d" + it.job().id(),
                Map.of(),
                HostConfig.newHostConfig().withNetworkMode("container:" + it.id()))),
        new Attack(
            "a stranger among its processes",
            GOES_ON,
            it -> it.stranger(
                "e" + it.job().id(),
                Map.of(),
                HostConfig.newHostConfig().withPidMode("container:" + it.id()))));
  }

  static List<Attack> ended() {
    return List.of(
        new Attack("ended: SIGKILL", "", it -> it.signal("KILL")),
        new Attack(
            "ended: stop",
            "",
            it -> it.client().stopContainerCmd(it.id()).withTimeout(0).exec()),
        new Attack(
            "ended: restart",
            "",
            it -> it.client().restartContainerCmd(it.id()).withTimeout(0).exec()),
        new Attack(
            "ended: pause", "", it -> it.client().pauseContainerCmd(it.id()).exec()),
        new Attack(
            "ended: another name",
            "",
            it -> it.client()
                .renameContainerCmd(it.id())
                .withName("y" + it.job().id())
                .exec()),
        new Attack(
            "ended: removal",
            "",
            it -> it.client().removeContainerCmd(it.id()).withForce(true).exec()),
        new Attack("ended: a link for an output", "", it -> it.exec("ln -sf /etc/shadow /job/out")),
        new Attack(
            "ended: a pipe for an output", "", it -> it.exec("rm /job/out; mkfifo /job/out")),
        new Attack(
            "ended: a folder for an output", "", it -> it.exec("rm /job/out; mkdir /job/out")),
        new Attack(
            "ended: a file for a folder", "", it -> it.exec("rm -r /job/dir; echo x > /job/dir")),
        new Attack(
            "ended: a device for an output",
            "",
            it -> it.exec("rm /job/out; mknod /job/out c 1 5")),
        new Attack(
            "ended: a socket for an output",
            "",
            it -> it.exec("rm /job/out; python3 -c"
                + " 'import socket; socket.socket(socket.AF_UNIX).bind(\"/job/out\")'")),
        new Attack(
            "ended: loops in a folder",
            "",
            it -> it.exec("ln -s . /job/dir/a; ln -s b /job/dir/b")),
        new Attack("ended: no directory", "", it -> it.exec("mv /job /moved")),
        new Attack(
            "ended: a directory that is a link",
            "",
            it -> it.exec("mv /job /moved; ln -s /etc /job")),
        new Attack(
            "ended: a file that grows",
            "",
            it -> it.execDetached("while :; do echo x >> /job/dir/x; done")),
        new Attack(
            "ended: files that come and go",
            "",
            it ->
                it.execDetached("while :; do touch /job/dir/$RANDOM; rm -f /job/dir/[0-9]*; done")),
        new Attack("ended: a name with a line end", "", it -> it.exec("touch $'/job/dir/a\\nb'")));
  }

  private String container(Job job) {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Ownership.JOB, job.id().value()))
        .exec()
        .get(0)
        .getId();
  }

  /** The container of a job. */
  final class Victim {
    private final Job job;
    private final String id;

    Victim(Job job, String id) {
      this.job = job;
      this.id = id;
    }

    Job job() {
      return job;
    }

    String id() {
      return id;
    }

    DockerClient client() {
      return engine.client();
    }

    String imageId() {
      return client().inspectContainerCmd(id).exec().getImageId();
    }

    void signal(String signal) {
      client().killContainerCmd(id).withSignal(signal).exec();
    }

    void cancel() {
      harness.runner().kill(job.id());
    }

    void quietly(Quiet deed) throws InterruptedException {
      try {
        deed.run();
      } catch (DockerException e) {
        // The engine refuses, as it should
      }
    }

    void exec(String command) throws InterruptedException {
      var made = client()
          .execCreateCmd(id)
          .withCmd("bash", "-c", command)
          .withAttachStdout(true)
          .exec();
      client()
          .execStartCmd(made.getId())
          .exec(new ResultCallback.Adapter<Frame>())
          .awaitCompletion();
    }

    void execDetached(String command) throws InterruptedException {
      var made = client().execCreateCmd(id).withCmd("bash", "-c", command).exec();
      client()
          .execStartCmd(made.getId())
          .withDetach(true)
          .exec(new ResultCallback.Adapter<Frame>())
          .awaitCompletion();
    }

    void attach(String text) throws Exception {
      var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      try (var attached = client()
          .attachContainerCmd(id)
          .withStdIn(in)
          .withFollowStream(true)
          .exec(new ResultCallback.Adapter<Frame>())) {
        attached.awaitStarted();
      }
    }

    void stranger(String name, Map<String, String> labels, HostConfig config) {
      var stranger = client()
          .createContainerCmd(RealEngine.image())
          .withCmd("sleep", "1000")
          .withName(name)
          .withLabels(labels)
          .withHostConfig(config)
          .exec()
          .getId();
      synchronized (strangers) {
        strangers.add(stranger);
      }
      client().startContainerCmd(stranger).exec();
    }
  }
}
