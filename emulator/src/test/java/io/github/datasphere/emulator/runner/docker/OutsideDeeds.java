package io.github.datasphere.emulator.runner.docker;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.docker.Ownership;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody with access to the engine can do to the container of a job. */
final class OutsideDeeds {
  static final String GOES_ON = "3";
  static final String ENDS = "(137|failed)";
  private static final String EITHER = "(3|137|1|2|failed)";
  private static final String STATE = "/var/lib/datasphere-emulator";
  private static final String MARK = "\\03600000000000000000000000000000000 0\\n";

  private static final Set<String> SLOW = Set.of(
      "SIGSTOP and a Cancel",
      "pause and a Cancel",
      "SIGQUIT",
      "SIGUSR1",
      "SIGPIPE",
      "SIGCONT",
      "SIGWINCH",
      "SIGURG",
      "SIGCHLD");

  private OutsideDeeds() {}

  /** What is done to a container. */
  @FunctionalInterface
  interface Deed {
    void to(OutsideVictim victim) throws Exception;
  }

  /** One attack, and the exit code that may be told then. */
  record Attack(String name, String end, Deed deed) {
    /** Whether it takes long, or is much as another. */
    boolean isSlow() {
      return SLOW.contains(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> running() {
    return Stream.of(
            signals(), states(), removals(), updates(), insiders(), ownFiles(), strangers())
        .flatMap(some -> some);
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
        }));
  }

  private static Stream<Attack> removals() {
    return Stream.of(
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
        }));
  }

  private static Stream<Attack> updates() {
    return Stream.of(
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
            "a request that is none", GOES_ON, it -> it.exec("echo nonsense > /proc/1/fd/0")));
  }

  private static Stream<Attack> ownFiles() {
    return Stream.of(
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

  static Stream<Attack> ended() {
    return Stream.concat(endedStates(), endedFiles());
  }

  private static Stream<Attack> endedStates() {
    return Stream.of(
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
            it -> it.client().removeContainerCmd(it.id()).withForce(true).exec()));
  }

  private static Stream<Attack> endedFiles() {
    return Stream.of(
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
}
