package io.github.datasphere.emulator.docker.swarm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TaskState;
import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reserves CPUs, memory and GPUs of a swarm's nodes. A reservation is a service whose one container
 * only waits; what works there is started beside it, on the node's own engine, by the owner of the
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

  /** The label that Swarm gives the containers of services. */
  private static final String SERVICE = "com.docker.swarm.service.id";

  /** States of containers that will not run again. */
  private static final Set<String> ENDED = Set.of("exited", "dead");

  private static final int OWNER_DIGITS = 8;

  private final Managers managers;
  private final Ownership ownership;

  /** Uses the managers' engines, which stay open; the labels of the owner mark what is made. */
  public Swarm(Managers managers, Ownership ownership) {
    this.managers = managers;
    this.ownership = ownership;
  }

  /**
   * Returns all nodes.
   *
   * @throws DockerEngineException if no manager answers
   */
  public List<SwarmMember> members() throws DockerEngineException {
    return managers.members();
  }

  /** Makes a node's engine ready to hold reservations. */
  public static void equip(DockerEngine node) throws DockerEngineException {
    SeatImage.of(node.facts().architecture()).bring(node);
  }

  /**
   * Removes containers of reservations which the swarm forgets if an engine is killed: those that
   * have ended, were not removed to the end ("dead"), or whose reservation was given back.
   */
  public void sweep(DockerEngine node) throws DockerEngineException {
    var found = node.ask(() -> node.client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(ownership.labels())
        .exec());
    var seats = found.stream()
        .filter(container -> container.getLabels().containsKey(SERVICE))
        .toList();
    if (seats.isEmpty()) {
      return;
    }
    // Asked for later than the containers, so that none of a fresh one is taken for forgotten
    var reserved =
        services(ownership.labels()).stream().map(Service::getId).collect(Collectors.toSet());
    for (var seat : seats) {
      if (ENDED.contains(String.valueOf(seat.getState()).toLowerCase(Locale.ROOT))
          || !reserved.contains(seat.getLabels().get(SERVICE))) {
        node.tell(
            () -> node.client().removeContainerCmd(seat.getId()).withForce(true).exec());
      }
    }
  }

  /**
   * Reserves for a job, once however often it is called; {@link #seat} tells where.
   *
   * @param architecture processor of the nodes that may be taken, such as {@code amd64}
   * @param constraints of the place, in Swarm's words, such as {@code node.id!=abc}
   */
  public void reserve(String job, String architecture, SeatSize size, List<String> constraints)
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
            .withReservations(new Reserved(size.gpus())
                .withNanoCPUs(size.nanoCpus())
                .withMemoryBytes(size.memoryBytes())))
        .withRestartPolicy(new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE))
        .withLogDriver(new Driver().withName("none"))
        .withPlacement(new ServicePlacement().withConstraints(constraints));
    var wanted = new ServiceSpec()
        .withName(name(job))
        .withLabels(ownership.labels(job))
        .withMode(new ServiceModeConfig()
            .withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
        .withTaskTemplate(task);
    try {
      managers.ask(client -> client.createServiceCmd(wanted).exec());
    } catch (DockerEngineException e) {
      // The manager that made it may have gone before it answered
      if (!e.isConflict() || service(job).isEmpty()) {
        throw e;
      }
    }
  }

  /** Has the one field more that docker-java does not know. */
  private static final class Reserved extends ResourceSpecs {
    private static final long serialVersionUID = 1L;

    @JsonProperty("GenericResources")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SuppressWarnings("UnusedVariable") // read by Jackson
    private final transient @Nullable List<Map<String, Map<String, Object>>> generic;

    Reserved(NodeGpus gpus) {
      this.generic = gpus.count() == 0 ? null : NodeGpus.wish(gpus.kind(), gpus.count());
    }
  }

  /** Returns the reservation of a job; empty if there is none. */
  public Optional<Seat> seat(String job) throws DockerEngineException {
    var service = service(job);
    if (service.isEmpty()) {
      return Optional.empty();
    }
    var id = Objects.requireNonNull(service.get().getId());
    return managers.ask(client -> client.listTasksCmd().withServiceFilter(id).exec()).stream()
        .findFirst()
        .map(task -> seat(id, task))
        .or(() -> Optional.of(new Seat(id, "", "", List.of(), false)));
  }

  /**
   * Returns those of these jobs whose reservation is not held any more, and why, in the manager's
   * words.
   */
  public Map<String, String> lost(Collection<String> jobs) throws DockerEngineException {
    var tasks = new HashMap<String, Task>();
    for (var task : managers.ask(client -> client.listTasksCmd().exec())) {
      tasks.put(String.valueOf(task.getServiceId()), task);
    }
    var seats = new HashMap<String, Seat>();
    for (var service : services(ownership.labels())) {
      var labels = Objects.requireNonNull(service.getSpec()).getLabels();
      var task = tasks.get(String.valueOf(service.getId()));
      if (labels != null && task != null) {
        seats.put(String.valueOf(labels.get(Ownership.JOB)), seat("", task));
      }
    }
    var lost = new HashMap<String, String>();
    for (var job : jobs) {
      var seat = seats.get(job);
      if (seat == null || seat.isOver()) {
        lost.put(job, seat == null ? "" : seat.trouble());
      }
    }
    return lost;
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
    for (var service : managers.ask(client -> client.listServicesCmd().exec())) {
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
    try {
      managers.ask(client -> client.removeServiceCmd(id).exec());
    } catch (DockerEngineException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private Optional<Service> service(String job) throws DockerEngineException {
    return services(Map.of(Ownership.OWNER, ownership.owner(), Ownership.JOB, job)).stream()
        .findFirst();
  }

  private List<Service> services(Map<String, String> labels) throws DockerEngineException {
    return managers.ask(
        client -> client.listServicesCmd().withLabelFilter(labels).exec());
  }

  /** Names the service; two emulators of one swarm may have jobs of the same id. */
  private String name(String job) {
    return "datasphere-job-" + job + "-" + Sha256.hex(ownership.owner()).substring(0, OWNER_DIGITS);
  }

  private static Seat seat(String service, Task task) {
    var status = task.getStatus();
    var state = status == null ? null : status.getState();
    var error = status == null ? null : status.getErr();
    return new Seat(
        service,
        Objects.requireNonNullElse(task.getNodeId(), ""),
        Objects.requireNonNullElse(error, ""),
        NodeGpus.given(task),
        state != null && OVER.contains(state));
  }
}
