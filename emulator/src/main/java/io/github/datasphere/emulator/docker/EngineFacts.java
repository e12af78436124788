package io.github.datasphere.emulator.docker;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an engine says of itself and its machine.
 *
 * @param host where it is spoken to
 * @param origin who says that it is there; empty if nobody had to
 * @param apiVersion that is spoken with it
 * @param architecture as images name it, such as {@code amd64}
 * @param logDrivers that it can keep the output of containers with
 * @param isLocal whether folders of this machine can be bound into containers
 * @param hasGpus whether containers can be given GPUs
 * @param root where it keeps its data on its own machine
 * @param limits what it can hold containers to
 */
public record EngineFacts(
    String host,
    String origin,
    String version,
    String apiVersion,
    String architecture,
    int cpus,
    long memoryBytes,
    Set<String> logDrivers,
    boolean isLocal,
    boolean hasGpus,
    String root,
    Limits limits) {

  /** Whether a container can be kept from taking more than it was given. */
  public record Limits(boolean ofCpus, boolean ofMemory, boolean ofSwap) {
    /** What it takes as much of as there is, to read on; empty if nothing. */
    public List<String> lacking() {
      return Stream.of(ofCpus ? "" : "CPUs", ofMemory ? "" : "memory")
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  public EngineFacts {
    logDrivers = Set.copyOf(logDrivers);
  }

  /** Where it is and who says so. */
  public String place() {
    return origin.isEmpty() ? host : host + " (" + origin + ")";
  }
}
