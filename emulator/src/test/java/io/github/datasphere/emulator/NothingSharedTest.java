package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever can hold state is built again with each world, but for what is listed here: a field that
 * somebody adds to what worlds have in common fails these tests.
 */
class NothingSharedTest extends WithTestDouble {
  /**
   * Engines of worlds that have ended are held weakly; there tokens are only issued, and each world
   * has a copy of its own that also revokes them.
   */
  private static final Set<String> NOT_SEEN = Set.of("OpenStreams.ended", "EmulatorContext.tokens");

  /**
   * Whose savepoint it is, where a room for large files is had from, and the time of the moment.
   */
  private static final Set<String> BACK_TO_THE_EMULATOR =
      Set.of("Savepoint.owner", "LazyStore.files", "TokenService.clock");

  /** Of the emulator itself and its ports, which ask for the world of the moment at each call. */
  private static final Set<String> OF_THE_EMULATOR = Set.of(
      "",
      "Crowd.looks",
      "Crowd.placed",
      "Crowd.waiting",
      "Emulator.face",
      "Emulator.http",
      "Emulator.logSenders",
      "Emulator.openness",
      "Emulator.services",
      "Emulator.worlds",
      "EmulatorContext.watch",
      "EmulatorContext.workspace",
      "HttpFrontend.port",
      "HttpFrontend.ports",
      "HttpPort.requests",
      "HttpPorts.left",
      "StallDetector.looks",
      "StallDetector.underWay",
      "RequestThreads.crowd",
      "RequestThreads.made",
      "HttpRoutes.patience",
      "HttpRoutes.transfers",
      "TransferLimiter.crowd");

  /** Emptied at a reset, or meant to outlive it. */
  private static final Set<String> TIDIED =
      Set.of("ControlDesk.gates", "ControlDesk.savepoints", "OpenStreams.streams", "Worlds.number");

  /** Sets and maps that are exchanged, but never changed. */
  private static final Set<String> CONSTANT =
      Set.of("Transitions$Line.from", "Fault.jobStatuses", "SwarmConfig.engines");

  @Test
  void worldsHaveNoStateInCommon() throws Exception {
    live();
    var before = Reachable.from(emulator, NOT_SEEN);
    emulator.reset();
    live();
    assertThat(shared(before, Reachable.from(emulator, NOT_SEEN)))
        .as("fields through which a world sees state of another: let World build that again")
        .isSubsetOf(union(OF_THE_EMULATOR, TIDIED, CONSTANT));
  }

  @Test
  void aSavepointHasNoStateInCommonWithTheWorldsBeforeAndAfterIt() throws Exception {
    live();
    var savepoint = emulator.save();
    var kept = Reachable.from(savepoint, BACK_TO_THE_EMULATOR);
    assertThat(shared(kept, Reachable.from(emulator, NOT_SEEN))).isSubsetOf(CONSTANT);
    emulator.restore(savepoint);
    live();
    assertThat(shared(kept, Reachable.from(emulator, NOT_SEEN))).isSubsetOf(CONSTANT);
  }

  private static Set<String> shared(Map<Object, String> one, Map<Object, String> other) {
    var shared = new TreeSet<String>();
    other.forEach((object, where) -> {
      if (one.containsKey(object) && Reachable.isMutable(object)) {
        shared.add(where);
      }
    });
    return shared;
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** So that all is there that is made late. */
  private void live() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(
            script -> script.stdout("epoch 1\n").lasts(Duration.ofHours(1)).writes("out.txt", "a"));
    emulator.givenSecret("TOKEN", "a");
    emulator.givenFile("bt1project", new byte[] {1});
    emulator.faults().on("List").failWith(Status.UNAVAILABLE);
    var id = client.execute("a");
    emulator.log(emulator.jobs().get(0).getId(), "stdout");
    client.uploadUrl();
    emulator.clock().advance(Duration.ofHours(1));
    client.get(id);
  }
}
