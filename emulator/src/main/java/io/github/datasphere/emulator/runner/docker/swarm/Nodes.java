package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.docker.DockerRunner;
import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that can be reached. Each is looked at every few seconds: one that is silent for too
 * long is lost, and one that comes back is taken up again and swept, since what ran there may still
 * do so.
 */
final class Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(4);
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(8);
  private static final Duration RETURN_LOOK = Duration.ofMillis(200);
  private static final int RETURN_LOOKS = 100;
  private static final long BETWEEN_LOOKS_SECONDS = 3;

  private final SwarmEngines engines;
  private final Swarm swarm;
  private final DockerSettings settings;
  private final RunnerParts parts;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  /** By node, and for as long as the runner lives: a node that comes back has old volumes. */
  private final Map<String, InputCache> caches = new ConcurrentHashMap<>();

  /** Names of the GPUs that jobs have been given. */
  private final Map<JobId, List<String>> gpus = new ConcurrentHashMap<>();

  private final long cacheBytes;
  private volatile Predicate<JobId> isOpen = job -> true;

  Nodes(
      SwarmEngines engines,
      Swarm swarm,
      DockerSettings settings,
      RunnerParts parts,
      long cacheBytes) {
    this.engines = engines;
    this.swarm = swarm;
    this.settings = settings;
    this.parts = parts;
    this.cacheBytes = cacheBytes;
    engines
        .names()
        .forEach(
            name -> engines.link(name).ifPresent(link -> places.put(link.node(), place(link))));
  }

  /** Begins to look at the nodes. */
  void watch(Runnable alsoThen) {
    // Ends with the timer
    var ignored = parts
        .timer()
        .scheduleWithFixedDelay(
            () -> {
              engines.names().forEach(name -> begin(name, () -> look(name)));
              begin("", alsoThen);
            },
            BETWEEN_LOOKS_SECONDS,
            BETWEEN_LOOKS_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Begins a look unless the one before is not over. */
  private void begin(String name, Runnable look) {
    if (!busy.add(name)) {
      return;
    }
    try {
      parts.threads().execute(() -> {
        try {
          look.run();
        } finally {
          busy.remove(name);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("The runner is closing", e);
    }
  }

  /** Returns the node with this id if it can be reached. */
  Optional<Place> place(String node) {
    return Optional.ofNullable(places.get(node));
  }

  Collection<Place> all() {
    return List.copyOf(places.values());
  }

  /**
   * Returns the node on which an earlier emulator has placed a job; waits a while for a node that
   * cannot be reached.
   *
   * @throws NodeLostException if it does not come
   */
  Place await(String node, String name) throws NodeLostException {
    for (int look = 0; look < RETURN_LOOKS; look++) {
      var place = place(node);
      if (place.isPresent()) {
        return place.get();
      }
      parts.pause(RETURN_LOOK);
    }
    throw new NodeLostException(name);
  }

  /** Waits until a node that was silent answers or is lost; it would be chosen again before. */
  void awaitNews(Place place, Cancellation cancellation) throws CancelledException {
    while (!place.isLost() && !place.link().engine().answers(LOOK_PATIENCE)) {
      cancellation.check();
      parts.pause(RETURN_LOOK);
    }
  }

  /** Removes what earlier emulators left on the nodes, also on those that come later. */
  void sweep(Predicate<JobId> open) {
    isOpen = open;
    all().forEach(this::sweep);
  }

  /** Spares only what open jobs have there now: an attempt that was lost there is not theirs. */
  private void sweep(Place place) {
    place.backend().sweep(job -> isOpen.test(job) && isHere(job, place));
    try {
      swarm.sweep(place.link().engine());
    } catch (DockerEngineException e) {
      LOG.debug("The reservations that ended on {} are removed later", place.name(), e);
    }
  }

  private boolean isHere(JobId job, Place place) {
    try {
      return Attempt.read(settings.folder(), job)
          .filter(attempt -> attempt.node().equals(place.id()))
          .isPresent();
    } catch (IOException e) {
      LOG.warn("It is not known where job {} runs: nothing of it is removed", job, e);
      return true;
    }
  }

  private void look(String name) {
    var known = engines.link(name).map(link -> places.get(link.node()));
    if (known.isEmpty()) {
      takeUp(name);
      return;
    }
    var place = known.get();
    var began = parts.ports().clock().instant();
    if (place.link().engine().answers(LOOK_PATIENCE)) {
      if (place.seen(began)) {
        sweep(place);
      }
    } else if (place.missed(began, parts.ports().clock().instant())) {
      lose(place);
    }
  }

  private void lose(Place place) {
    LOG.warn(
        "The node {} of the swarm is lost, its last sign of life was at {}: its jobs end, and no"
            + " other goes there until it answers again",
        place.name(),
        place.lastSign());
    places.remove(place.id(), place);
    engines.drop(place.link());
  }

  private void takeUp(String name) {
    try {
      var place = place(engines.open(name, CONNECT_PATIENCE));
      // Before any job is placed there: what lost jobs have left may still run
      sweep(place);
      places.put(place.id(), place);
      LOG.info("Jobs can be placed on the node {} of the swarm again", name);
    } catch (DockerEngineException e) {
      LOG.debug("The node {} cannot be used yet", name, e);
    }
  }

  private Place place(SwarmEngines.Link link) {
    var cache = caches.computeIfAbsent(
        link.node(), node -> new InputCache(settings.ownership(), cacheBytes));
    return new Place(
        link,
        DockerRunner.backend(link.engine(), settings.with(this::size), parts, cache),
        cache,
        parts.ports().clock().instant());
  }

  private JobSize size(Job job) {
    return settings.size().apply(job).on(gpus(job.id()));
  }

  /** Notes which GPUs a job has been given; none takes them back. */
  void give(JobId job, List<String> names) {
    if (names.isEmpty()) {
      gpus.remove(job);
    } else {
      gpus.put(job, names);
    }
  }

  List<String> gpus(JobId job) {
    return gpus.getOrDefault(job, List.of());
  }

  void close() {
    all().forEach(place -> {
      place.cache().close(place.link().engine());
      place.backend().close();
    });
    engines.close();
  }
}
