package io.github.datasphere.emulator.docker;

import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The labels by which the emulator knows its own things in an engine; it touches nothing without
 * them.
 *
 * @param owner owner of what is made: one emulator process, or all that use one data directory
 */
public record Ownership(String owner) {
  /** The label that names the owner. */
  public static final String OWNER = "io.github.datasphere.emulator.owner";

  /** The label that names the job of a container. */
  public static final String JOB = "io.github.datasphere.emulator.job";

  private static final String PROCESS = "process";

  /**
   * Makes the ownership of an emulator that leaves nothing behind. Later it can be found out
   * whether that process still lives.
   */
  public static Ownership ofProcess() {
    return new Ownership(
        String.join("-", PROCESS, machine(), ProcessIdentity.current().text()));
  }

  /**
   * Whether the owner was a process of this machine and is gone. Other owners cannot be checked
   * here; emulators with a data directory look after their own things.
   */
  public static boolean isDead(String owner) {
    var parts = owner.split("-", 3);
    return parts.length == 3
        && parts[0].equals(PROCESS)
        && parts[1].equals(machine())
        && ProcessIdentity.parse(parts[2]).filter(ProcessIdentity::isGone).isPresent();
  }

  /**
   * Whether a thing of this owner is ours for sure, made by us or by an emulator before us. Those
   * of a process may be a neighbour's: several emulators in one process, such as those of tests,
   * have one owner. They end what is theirs themselves, and {@link #isDead} tells when they could
   * not.
   */
  public boolean holds(String other) {
    return owner.equals(other) && !owner.startsWith(PROCESS + "-");
  }

  /** Returns the labels of things that belong to no single job. */
  public Map<String, String> labels() {
    return Map.of(OWNER, owner);
  }

  /** Returns the labels of a job's container. */
  public Map<String, String> labels(String job) {
    var labels = new HashMap<>(labels());
    labels.put(JOB, job);
    return labels;
  }

  /** Identifies this boot of this machine; inside a container, the container. */
  private static String machine() {
    try {
      var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      var view = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return Integer.toHexString((boot + view).hashCode());
    } catch (IOException e) {
      return Integer.toHexString(String.valueOf(System.getenv("HOSTNAME")).hashCode());
    }
  }
}
