package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.SeatSize;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds each job its place on a node, and keeps it reserved there. Only the job that was created
 * first asks for a place, the others wait behind it: what waits inside a swarm has no order.
 */
final class Seats {
  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration WHILE_WAITING = Duration.ofMillis(200);
  private static final Duration ASIDE = Duration.ofSeconds(2);

  /** How long the managers may be silent while a job waits, in looks. */
  private static final int MOST_SILENT_LOOKS = 300;

  /** The same before it has asked for a place, in turns. */
  private static final int MOST_SILENCES = 30;

  private static final double NANOS = 1e9;

  private final Swarm swarm;
  private final Nodes nodes;
  private final RunnerParts parts;
  private final Turns turns;
  private final Map<JobId, String> held = new ConcurrentHashMap<>();
  private final Set<String> unreleased = ConcurrentHashMap.newKeySet();

  Seats(Swarm swarm, Nodes nodes, RunnerParts parts) {
    this.swarm = swarm;
    this.nodes = nodes;
    this.parts = parts;
    this.turns = new Turns();
  }

  /** Reserves a place and returns its node; waits while no node has room. */
  Place take(Job job, JobSize size, Cancellation cancellation)
      throws DockerEngineException, PreparationException, CancelledException {
    var words = new WaitingWords(parts.systemLog(job.id()));
    for (int silences = 0; ; ) {
      turns.await(job, cancellation, words);
      try {
        var place = tryToTake(job, size, cancellation, words);
        if (place.isPresent()) {
          hold(job.id(), place.get());
          return place.get();
        }
        silences = 0;
      } catch (DockerEngineException e) {
        words.say(String.valueOf(e.getMessage()));
        if (!e.isSilence() || ++silences > MOST_SILENCES) {
          throw e;
        }
      } finally {
        turns.end(job);
      }
      // Those behind it pass, since no node that is up can hold this one
      parts.pause(ASIDE);
    }
  }

  /** Notes that a job has a reservation, so that its loss is noticed. */
  void hold(JobId job, Place place) {
    held.put(job, place.name());
  }

  /** Gives a job's reservation back; goes on trying if no manager answers. */
  void release(JobId job) {
    held.remove(job);
    nodes.give(job, List.of());
    release(job.value());
  }

  private void release(String job) {
    try {
      swarm.release(job);
      unreleased.remove(job);
    } catch (DockerEngineException e) {
      LOG.debug("The reservation of job {} was not given back yet", job, e);
      unreleased.add(job);
    }
  }

  /** Looks after the reservations: tells jobs that have lost theirs, and gives back the rest. */
  void look() {
    List.copyOf(unreleased).forEach(this::release);
    if (held.isEmpty()) {
      return;
    }
    try {
      var lost = swarm.lost(held.keySet().stream().map(JobId::value).toList());
      lost.forEach((job, trouble) -> tellLost(new JobId(job), trouble));
    } catch (DockerEngineException e) {
      LOG.debug("The managers of the swarm do not answer", e);
    }
  }

  private void tellLost(JobId job, String trouble) {
    var node = held.remove(job);
    if (node != null) {
      parts
          .systemLog(job)
          .warn("The swarm has given up the job's reservation on the node " + node + " ("
              + (trouble.isEmpty() ? "its service or container was removed" : trouble)
              + "): the job goes on there, but its CPUs and memory may be given to others.");
    }
  }

  private Optional<Place> tryToTake(
      Job job, JobSize size, Cancellation cancellation, WaitingWords words)
      throws DockerEngineException, PreparationException, CancelledException {
    var members = swarm.members();
    var fit = NodeNeeds.of(size, members);
    var model = model(members, fit);
    if (model.isEmpty()) {
      words.say("no node that can hold the job is up and takes work: " + fit.states(members));
      return Optional.empty();
    }
    var unfit = members.stream()
        .filter(member -> !isLike(model.get(), member, fit))
        .map(member -> "node.id!=" + member.id())
        .toList();
    var wanted = new SeatSize(
        (long) (size.cpus() * NANOS), size.memoryBytes(), fit.gpus(model.get().member()));
    swarm.reserve(job.id().value(), model.get().architecture(), wanted, unfit);
    return await(job, size, cancellation, words);
  }

  /** Returns where the swarm has placed the job; empty if no node can hold it any more. */
  private Optional<Place> await(
      Job job, JobSize size, Cancellation cancellation, WaitingWords words)
      throws DockerEngineException, PreparationException, CancelledException {
    var silent = 0;
    for (int look = 1; ; look++) {
      cancellation.check();
      try {
        var seat = swarm.seat(job.id().value());
        silent = 0;
        if (seat.isEmpty() || seat.get().isOver()) {
          var trouble = seat.map(lost -> lost.trouble()).orElse("its service was removed");
          words.say(trouble.isEmpty() ? "the swarm has ended the reservation" : trouble);
          giveUp(job);
          return Optional.empty();
        }
        var place = nodes.place(seat.get().node());
        if (place.isPresent()) {
          nodes.give(job.id(), seat.get().gpus());
          return place;
        }
        words.say(seat.get().trouble());
        if (!seat.get().node().isEmpty() || (look % MOST_SILENT_LOOKS == 0 && isHopeless(size))) {
          giveUp(job);
          return Optional.empty();
        }
      } catch (DockerEngineException e) {
        words.say(String.valueOf(e.getMessage()));
        if (!e.isSilence() || ++silent > MOST_SILENT_LOOKS) {
          throw e;
        }
      }
      parts.pause(words.isSaid() ? WHILE_WAITING : BETWEEN_LOOKS);
    }
  }

  private void giveUp(Job job) throws DockerEngineException {
    for (var place : nodes.all()) {
      // A clean-up of the engine may have removed the image of the reservation
      Swarm.equip(place.link().engine());
    }
    swarm.release(job.id().value());
  }

  private boolean isHopeless(JobSize size) throws DockerEngineException, PreparationException {
    var members = swarm.members();
    return model(members, NodeNeeds.of(size, members)).isEmpty();
  }

  /** A node that can hold a job; the others to choose from are like it. */
  private record Model(SwarmMember member, String architecture) {}

  /**
   * Returns a node that can hold the job; empty if none that can is up.
   *
   * @throws PreparationException if no node is large enough
   */
  private Optional<Model> model(List<SwarmMember> members, NodeNeeds fit)
      throws PreparationException {
    fit.check(members);
    return members.stream()
        .filter(member -> member.isReady() && fit.holds(member))
        .flatMap(member ->
            nodes.place(member.id()).map(place -> new Model(member, place.architecture())).stream())
        .findFirst();
  }

  private boolean isLike(Model model, SwarmMember member, NodeNeeds fit) {
    return fit.holds(member)
        && fit.gpus(member).equals(fit.gpus(model.member()))
        && nodes
            .place(member.id())
            .filter(place -> place.architecture().equals(model.architecture()))
            .isPresent();
  }
}
