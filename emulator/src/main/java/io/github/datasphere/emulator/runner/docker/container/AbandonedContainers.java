package io.github.datasphere.emulator.runner.docker.container;

import com.github.dockerjava.api.model.Container;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and removes our unneeded containers in the engine; touches nothing else. */
public final class AbandonedContainers {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedContainers.class);

  private final DockerEngine engine;
  private final Ownership ownership;
  private final Set<JobContainer> unremoved = ConcurrentHashMap.newKeySet();

  public AbandonedContainers(DockerEngine engine, Ownership ownership) {
    this.engine = engine;
    this.ownership = ownership;
  }

  /**
   * Removes the containers of our data directory whose jobs are not open, and those of emulators
   * that are dead: they were made but never started, so no lease ended them (docs/architecture.md).
   */
  public void sweep(Predicate<JobId> isOpen) {
    try {
      for (var container : containers(Map.of())) {
        var labels = container.getLabels();
        var owner = String.valueOf(labels.get(Ownership.OWNER));
        var job = String.valueOf(labels.get(Ownership.JOB));
        var isClosed = ownership.holds(owner) && !isOpen.test(new JobId(job));
        if (isClosed || Ownership.isDead(owner)) {
          removeIfItCan(container.getId());
        }
      }
      sweepVolumes();
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "What ended jobs have left in the engine could not be removed");
    }
  }

  /** One that the engine cannot remove keeps no other from being removed. */
  private void removeIfItCan(String container) throws DockerEngineException {
    try {
      new JobContainer(engine, container).remove();
    } catch (DockerEngineException e) {
      if (e.isSilence()) {
        throw e;
      }
      PlainWarning.tell(LOG, e, "Container {} was not removed", container);
    }
  }

  /** Removes the containers of one job. */
  public void remove(JobId job) throws DockerEngineException {
    var ours = Map.of(Ownership.OWNER, ownership.owner(), Ownership.JOB, job.value());
    for (var container : containers(ours)) {
      new JobContainer(engine, container.getId()).remove();
    }
  }

  /** Ends and removes a container, now or once the engine is there again. */
  public void remove(JobContainer container) throws DockerEngineException {
    try {
      container.remove();
    } catch (DockerEngineException e) {
      unremoved.add(container);
      throw e;
    }
  }

  /** Removes containers that could not be removed earlier; called when the engine answers again. */
  public void removeUnremoved() throws DockerEngineException {
    for (var container : List.copyOf(unremoved)) {
      container.remove();
      unremoved.remove(container);
    }
  }

  private void removeVolume(String name) {
    try {
      engine.tell(() -> engine.client().removeVolumeCmd(name).exec());
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "The volume {} was not removed", name);
    }
  }

  private void sweepVolumes() throws DockerEngineException {
    var volumes = engine.ask(() -> engine
        .client()
        .listVolumesCmd()
        .withFilter("label", List.of(Ownership.OWNER))
        .exec());
    for (var volume : volumes.getVolumes() == null
        ? List.<com.github.dockerjava.api.command.InspectVolumeResponse>of()
        : volumes.getVolumes()) {
      var labels = volume.getLabels();
      if (labels != null && Ownership.isDead(String.valueOf(labels.get(Ownership.OWNER)))) {
        removeVolume(volume.getName());
      }
    }
  }

  private List<Container> containers(Map<String, String> labels) throws DockerEngineException {
    return engine.ask(() -> {
      var command = engine.client().listContainersCmd().withShowAll(true);
      return labels.isEmpty()
          ? command.withLabelFilter(List.of(Ownership.OWNER, Ownership.JOB)).exec()
          : command.withLabelFilter(labels).exec();
    });
  }
}
