package io.github.datasphere.emulator.job.capacity;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The instance types that this emulator knows, and those of them that it offers. */
public final class InstanceTypes {
  private static final int GIB_BITS = 30;

  private static final List<InstanceType> STANDARD = List.of(
      cpu("c1.4", 4, 32),
      cpu("c1.8", 8, 64),
      cpu("c1.32", 32, 256),
      cpu("c1.80", 80, 640),
      gpu("g1.1", 8, 48, 1, "V100", 32),
      gpu("g1.2", 16, 96, 2, "V100", 64),
      gpu("g1.4", 32, 192, 4, "V100", 128),
      gpu("g2.mig", 4, 16, 1, "A100 MIG", 10),
      gpu("g2.1", 28, 119, 1, "A100", 80),
      gpu("g2.2", 56, 238, 2, "A100", 160),
      gpu("g2.4", 112, 476, 4, "A100", 320),
      gpu("g2.8", 224, 952, 8, "A100", 640),
      gpu("gt4.1", 4, 16, 1, "T4", 16),
      gpu("gt4i.1", 8, 32, 1, "T4i", 24));

  private final Map<String, InstanceType> known;
  private final Set<String> offered;
  private final Set<String> tooLarge;

  private InstanceTypes(
      Map<String, InstanceType> known, Set<String> offered, Set<String> tooLarge) {
    this.known = known;
    this.offered = offered;
    this.tooLarge = tooLarge;
  }

  /** All types of the service, all on offer. */
  public static InstanceTypes standard() {
    return of(List.of(), List.of());
  }

  /**
   * The standard types together with own ones.
   *
   * @param own types beside the standard ones; one of the same name replaces it
   * @param offered names of those on offer; empty for all
   * @throws IllegalArgumentException if an offered name is not known
   */
  public static InstanceTypes of(Collection<InstanceType> own, Collection<String> offered) {
    var known = new LinkedHashMap<String, InstanceType>();
    STANDARD.forEach(type -> known.put(type.name(), type));
    own.forEach(type -> known.put(type.name(), type));
    for (var name : offered) {
      if (!known.containsKey(name)) {
        throw new IllegalArgumentException(
            "instance type " + name + " is offered but not known; known are " + known.keySet());
      }
    }
    return new InstanceTypes(
        known, offered.isEmpty() ? known.keySet() : Set.copyOf(offered), Set.of());
  }

  /** Returns the types without those that are too large for the machine; perhaps none is left. */
  public InstanceTypes offeredIf(Predicate<InstanceType> isPossible) {
    var possible = known.values().stream()
        .filter(type -> isOffered(type.name()) && isPossible.test(type))
        .map(InstanceType::name)
        .collect(Collectors.toUnmodifiableSet());
    var impossible = new HashSet<>(offered);
    impossible.removeAll(possible);
    return new InstanceTypes(known, possible, Set.copyOf(impossible));
  }

  /** Whether a type is off offer only because the machine is too small for it. */
  public boolean isTooLarge(String name) {
    return tooLarge.contains(name);
  }

  /** The first of these names that is on offer (service-behaviour 10.27). */
  public Optional<InstanceType> choose(List<String> names) {
    return names.stream().filter(offered::contains).findFirst().map(name -> known.get(name));
  }

  public Optional<InstanceType> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** In the order of the service's own table. */
  public List<InstanceType> all() {
    return List.copyOf(known.values());
  }

  public boolean isOffered(String name) {
    return offered.contains(name);
  }

  private static InstanceType cpu(String name, int cpus, long memoryGb) {
    return gpu(name, cpus, memoryGb, 0, "", 0);
  }

  private static InstanceType gpu(
      String name, int cpus, long memoryGb, int gpus, String model, long gpuMemoryGb) {
    return new InstanceType(name, cpus, memoryGb << GIB_BITS, gpus, model, gpuMemoryGb << GIB_BITS);
  }
}
