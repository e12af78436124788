package io.github.datasphere.emulator.docker.swarm;

import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.ResourceRequirements;
import com.github.dockerjava.api.model.ResourceSpecs;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServicePlacement;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.SwarmNodeAvailability;
import com.github.dockerjava.api.model.SwarmNodeState;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TaskState;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reserves CPUs and memory of a swarm's nodes. A reservation is a service whose one container only
 * waits; what works there is started beside it, on the node's own engine, by the owner of the
 * reservation. So the swarm can neither start it twice nor end it.
 */
public final class Swarm {
  private static final Set<TaskState> OVER = Set.of(
      TaskState.COMPLETE,
      TaskState.SHUTDOWN,
      TaskState.FAILED,
      TaskState.REJECTED,
      TaskState.REMOVE,
      TaskState.ORPHANED);

  private final DockerEngine manager;
  private final Ownership ownership;

  /** Uses a manager's engine, which stays open; the labels of the owner mark what is made. */
  public Swarm(DockerEngine manager, Ownership ownership) {
    this.manager = manager;
    this.ownership = ownership;
  }

  /**
   * Returns all nodes.
   *
   * @throws DockerEngineException if the engine is no manager, too
   */
  public List<SwarmMember> members() throws DockerEngineException {
    return manager.ask(() -> manager.client().listSwarmNodesCmd().exec()).stream()
        .map(Swarm::member)
        .toList();
  }

  /** Makes a node's engine ready to hold reservations. */
  public static void equip(DockerEngine node) throws DockerEngineException {
    SeatImage.of(node.facts().architecture()).bring(node);
  }

  /**
   * Reserves for a job, once however often it is called; {@link #seat} tells where.
   *
   * @param architecture processor of the nodes that may be taken, such as {@code amd64}
   * @param constraints of the place, in Swarm's words, such as {@code node.id!=abc}
   */
  public void reserve(
      String job,
      String architecture,
      long nanoCpus,
      long memoryBytes,
      List<String> constraints)
      throws DockerEngineException {
    if (service(job).isPresent()) {
      return;
    }
    var task = new TaskSpec()
        .withContainerSpec(new ContainerSpec()
            .withImage(SeatImage.of(architecture).id())
            .withLabels(ownership.labels())
            .withStopSignal("SIGKILL"))
        .withResources(new ResourceRequirements()
            .withReservations(
                new ResourceSpecs().withNanoCPUs(nanoCpus).withMemoryBytes(memoryBytes)))
        .withRestartPolicy(
            new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE))
        .withLogDriver(new Driver().withName("none"))
        .withPlacement(new ServicePlacement().withConstraints(constraints));
    var wanted = new ServiceSpec()
        .withName("datasphere-job-" + job)
        .withLabels(ownership.labels(job))
        .withMode(new ServiceModeConfig()
            .withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
        .withTaskTemplate(task);
    manager.ask(() -> manager.client().createServiceCmd(wanted).exec());
  }

  /** Returns the reservation of a job; empty if there is none. */
  public Optional<Seat> seat(String job) throws DockerEngineException {
    var service = service(job);
    if (service.isEmpty()) {
      return Optional.empty();
    }
    var id = Objects.requireNonNull(service.get().getId());
    return manager
        .ask(() -> manager.client().listTasksCmd().withServiceFilter(id).exec())
        .stream()
        .findFirst()
        .map(task -> seat(id, task))
        .or(() -> Optional.of(new Seat(id, "", "", false)));
  }

  /** Gives the reservation of a job back; does nothing if there is none. */
  public void release(String job) throws DockerEngineException {
    var service = service(job);
    if (service.isPresent()) {
      remove(service.get());
    }
  }

  /**
   * Gives back what this owner has reserved for jobs that are not open any more, and all that
   * emulators that are dead have reserved.
   */
  public void sweep(Predicate<String> isOpen) throws DockerEngineException {
    for (var service : manager.ask(() -> manager.client().listServicesCmd().exec())) {
      var labels = Objects.requireNonNull(service.getSpec()).getLabels();
      var owner = labels == null ? null : labels.get(Ownership.OWNER);
      var job = labels == null ? null : labels.get(Ownership.JOB);
      if (owner == null || job == null) {
        continue;
      }
      if (Ownership.isDead(owner) || (ownership.holds(owner) && !isOpen.test(job))) {
        remove(service);
      }
    }
  }

  private void remove(Service service) throws DockerEngineException {
    var id = Objects.requireNonNull(service.getId());
    manager.tell(() -> manager.client().removeServiceCmd(id).exec());
  }

  private Optional<Service> service(String job) throws DockerEngineException {
    return services(Map.of(Ownership.OWNER, ownership.owner(), Ownership.JOB, job)).stream()
        .findFirst();
  }

  private List<Service> services(Map<String, String> labels) throws DockerEngineException {
    return manager.ask(() ->
        manager.client().listServicesCmd().withLabelFilter(labels).exec());
  }

  private static Seat seat(String service, Task task) {
    var status = task.getStatus();
    var state = status == null ? null : status.getState();
    var error = status == null ? null : status.getErr();
    return new Seat(
        service,
        Objects.requireNonNullElse(task.getNodeId(), ""),
        Objects.requireNonNullElse(error, ""),
        state != null && OVER.contains(state));
  }

  private static SwarmMember member(SwarmNode node) {
    var description = Objects.requireNonNull(node.getDescription());
    var resources = Objects.requireNonNull(description.getResources());
    var platform = description.getPlatform();
    var state = node.getStatus() == null ? null : node.getStatus().getState();
    var availability = node.getSpec() == null ? null : node.getSpec().getAvailability();
    return new SwarmMember(
        String.valueOf(node.getId()),
        String.valueOf(description.getHostname()),
        platform == null ? "" : String.valueOf(platform.getArchitecture()),
        Objects.requireNonNullElse(resources.getNanoCPUs(), 0L),
        Objects.requireNonNullElse(resources.getMemoryBytes(), 0L),
        state == SwarmNodeState.READY,
        availability == SwarmNodeAvailability.ACTIVE,
        state + ", " + availability);
  }
}
