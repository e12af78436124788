package io.github.datasphere.emulator.docker;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an engine says about itself and its machine.
 *
 * @param host its address
 * @param origin setting that names the address; empty for the standard place
 * @param apiVersion API version that is used with it
 * @param architecture its processor, as images name it, such as {@code amd64}
 * @param logDrivers drivers with which it can keep the output of containers
 * @param isLocal whether folders of this machine can be mounted into containers
 * @param hasGpus whether containers can be given GPUs
 * @param root where it keeps its data on its own machine
 * @param limits which resources of containers it can limit
 */
public record DockerFacts(
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

  /** Which resources of a container the engine can limit. */
  public record Limits(boolean ofCpus, boolean ofMemory, boolean ofSwap) {
    /** Names the resources that are not limited, for sentences; empty if there are none. */
    public List<String> lacking() {
      return Stream.of(ofCpus ? "" : "CPUs", ofMemory ? "" : "memory")
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  public DockerFacts {
    logDrivers = Set.copyOf(logDrivers);
  }

  /** Says where the engine is, and which setting names it. */
  public String place() {
    return origin.isEmpty() ? host : host + " (" + origin + ")";
  }
}
