package io.github.datasphere.emulator.runner.docker.cache;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.tar.TarFormat;
import io.github.datasphere.emulator.runner.run.InputEntries;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps large inputs in volumes of one engine, one for each content, so that each goes there once
 * for all jobs that have it. What is kept is known in memory alone: a later emulator trusts nothing
 * that it finds, and removes it.
 */
public final class InputCache {
  private static final Logger LOG = LoggerFactory.getLogger(InputCache.class);
  private static final String LABEL = "io.github.datasphere.emulator.input";

  /** Smaller inputs travel faster than a volume is made. */
  private static final long SMALLEST = 16L << 20;

  private static final long BETWEEN_LOOKS_MILLIS = 200;

  private final Ownership ownership;
  private final long mostBytes;

  /** By content, the one that was used last at the end. */
  private final Map<String, Volume> volumes = new LinkedHashMap<>();

  /** Sizes of volumes that no job gets any more, by name; they go once no container has them. */
  private final Map<String, Long> unneeded = new HashMap<>();

  /**
   * Makes an empty one.
   *
   * @param mostBytes how much it may keep; 0 for nothing
   */
  public InputCache(Ownership ownership, long mostBytes) {
    this.ownership = ownership;
    this.mostBytes = mostBytes;
  }

  /** One content, whole once it is filled. */
  private static final class Volume {
    private final String name = "datasphere-emulator-input-" + UUID.randomUUID();
    private final CountDownLatch over = new CountDownLatch(1);
    private final long bytes;
    private int users;
    private volatile boolean isWhole;

    Volume(long bytes) {
      this.bytes = bytes;
    }
  }

  /** Returns how large an input has to be to be kept. */
  public long smallestBytes() {
    return mostBytes == 0 ? Long.MAX_VALUE : SMALLEST;
  }

  /**
   * Where files are brought to.
   *
   * @param image any image that the engine has
   * @param job the first that needs them there
   */
  public record Target(DockerEngine engine, String image, JobId job) {}

  /**
   * Returns the volume that holds these files; fills it if there is none. Who gets one gives it
   * back with {@link #leave}.
   *
   * @return empty if they cannot be kept, so that they have to go to the job itself
   * @throws DockerEngineException if the engine does not answer
   */
  Optional<String> volume(InputEntries.Shared files, Target target, Cancellation cancellation)
      throws IOException, CancelledException {
    while (true) {
      Volume volume;
      boolean isFresh;
      synchronized (this) {
        var known = Optional.ofNullable(volumes.remove(files.key()));
        isFresh = known.isEmpty();
        volume = known.orElseGet(() -> new Volume(files.bytes()));
        volumes.put(files.key(), volume);
        volume.users++;
      }
      if (isFresh) {
        return filled(volume, files, target, cancellation);
      }
      if (isWhole(volume, cancellation)) {
        return Optional.of(volume.name);
      }
      // The job that filled it was cancelled, say: this one has to
    }
  }

  /** Gives a volume back. */
  synchronized void leave(String name) {
    volumes.values().stream()
        .filter(volume -> volume.name.equals(name))
        .forEach(volume -> volume.users--);
  }

  private boolean isWhole(Volume volume, Cancellation cancellation) throws CancelledException {
    boolean isTaken = false;
    try {
      while (!volume.over.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.check();
      }
      isTaken = volume.isWhole;
      return isTaken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } finally {
      if (!isTaken) {
        leave(volume.name);
      }
    }
  }

  private Optional<String> filled(
      Volume volume, InputEntries.Shared files, Target target, Cancellation cancellation)
      throws IOException, CancelledException {
    try {
      if (makeRoom(target.engine(), volume)) {
        fill(volume, files, target, cancellation);
        volume.isWhole = true;
        return Optional.of(volume.name);
      }
      return Optional.empty();
    } catch (IOException e) {
      if (e instanceof DockerEngineException gone && gone.isSilence()) {
        throw e;
      }
      PlainWarning.tell(LOG, e, "An input of job {} is not kept for later jobs", target.job());
      return Optional.empty();
    } finally {
      if (!volume.isWhole) {
        drop(files.key(), volume);
      }
      volume.over.countDown();
    }
  }

  /** Puts all files there. */
  private void fill(
      Volume volume, InputEntries.Shared files, Target target, Cancellation cancellation)
      throws IOException, CancelledException {
    var engine = target.engine();
    var labels = new HashMap<>(ownership.labels());
    labels.put(LABEL, "");
    engine.ask(() -> engine
        .client()
        .createVolumeCmd()
        .withName(volume.name)
        .withLabels(labels)
        .exec());
    cancellation.check();
    var holder = engine.ask(() -> engine
        .client()
        .createContainerCmd(target.image())
        .withLabels(ownership.labels(target.job().value()))
        .withEntrypoint("never-started")
        .withNetworkDisabled(true)
        .withHostConfig(HostConfig.newHostConfig()
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
            .withMounts(List.of(mount(volume.name, SharedInputs.PLACE))))
        .exec()
        .getId());
    try (var tar = new ArchiveStream(new ArrayDeque<>(files.entries())::poll, TarFormat::new)) {
      try {
        engine.files().put(holder, SharedInputs.PLACE, tar);
      } catch (IOException e) {
        cancellation.check();
        var failure = tar.failure();
        if (failure == null) {
          throw e;
        }
        // Why it cannot be read the job is told when it goes there directly
        throw new IOException(failure.getMessage(), failure);
      }
    } finally {
      engine.tell(
          () -> engine.client().removeContainerCmd(holder).withForce(true).exec());
    }
  }

  static Mount mount(String volume, String place) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(volume)
        .withTarget(place)
        .withVolumeOptions(new VolumeOptions().withNoCopy(true));
  }

  /** Gives up what was used longest ago; returns whether there is room then. */
  private boolean makeRoom(DockerEngine engine, Volume fresh) throws DockerEngineException {
    if (fresh.bytes > mostBytes) {
      return false;
    }
    tidy(engine);
    var looked = new HashSet<Volume>();
    while (true) {
      String key;
      Volume volume;
      synchronized (this) {
        if (kept() <= mostBytes) {
          return true;
        }
        var oldest = volumes.entrySet().stream()
            .filter(entry -> entry.getValue().users == 0 && looked.add(entry.getValue()))
            .findFirst();
        if (oldest.isEmpty()) {
          return false;
        }
        key = oldest.get().getKey();
        volume = oldest.get().getValue();
        // No job gets it while it is being removed
        volumes.remove(key);
      }
      giveUp(engine, key, volume);
    }
  }

  /** Removes a volume; one that a running job has stays, and counts as used just now. */
  private void giveUp(DockerEngine engine, String key, Volume volume) throws DockerEngineException {
    boolean isRemoved = false;
    try {
      isRemoved = isRemoved(engine, volume.name);
    } finally {
      synchronized (this) {
        if (!isRemoved && volumes.putIfAbsent(key, volume) != null) {
          unneeded.put(volume.name, volume.bytes);
        }
      }
    }
  }

  private long kept() {
    return volumes.values().stream().mapToLong(volume -> volume.bytes).sum()
        + unneeded.values().stream().mapToLong(Long::longValue).sum();
  }

  private synchronized void drop(String key, Volume volume) {
    if (volumes.remove(key, volume)) {
      unneeded.put(volume.name, volume.bytes);
    }
  }

  /** Trusts nothing any more that is kept: the machine may have lost what it had not written. */
  public synchronized void distrust() {
    Map.copyOf(volumes).forEach((key, volume) -> {
      if (volume.isWhole) {
        drop(key, volume);
      }
    });
  }

  /** Removes what is not needed any more, unless a container still has it. */
  private void tidy(DockerEngine engine) throws DockerEngineException {
    List<String> names;
    synchronized (this) {
      names = List.copyOf(unneeded.keySet());
    }
    for (var name : names) {
      if (isRemoved(engine, name)) {
        synchronized (this) {
          unneeded.remove(name);
        }
      }
    }
  }

  private static boolean isRemoved(DockerEngine engine, String name) throws DockerEngineException {
    try {
      engine.ask(() -> engine.client().removeVolumeCmd(name).exec());
      return true;
    } catch (DockerEngineException e) {
      if (e.isConflict()) {
        return false;
      }
      if (e.isNotFound()) {
        return true;
      }
      throw e;
    }
  }

  /** Removes what no job needs: of this emulator, and of earlier ones of its data directory. */
  public void sweep(DockerEngine engine) {
    if (mostBytes == 0) {
      return;
    }
    try {
      tidy(engine);
      var found = engine.ask(() ->
          engine.client().listVolumesCmd().withFilter("label", List.of(LABEL)).exec());
      for (var volume :
          found.getVolumes() == null ? List.<InspectVolumeResponse>of() : found.getVolumes()) {
        var labels = volume.getLabels();
        if (labels != null
            && ownership.holds(String.valueOf(labels.get(Ownership.OWNER)))
            && !isKnown(volume.getName())) {
          isRemoved(engine, volume.getName());
        }
      }
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "Inputs that are kept for no job could not be removed");
    }
  }

  private synchronized boolean isKnown(String name) {
    return volumes.values().stream().anyMatch(volume -> volume.name.equals(name));
  }

  /** Removes all that is kept, but for what running jobs have. */
  public void close(DockerEngine engine) {
    synchronized (this) {
      Map.copyOf(volumes).forEach(this::drop);
    }
    try {
      tidy(engine);
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "Inputs that were kept for later jobs were not removed");
    }
  }
}
