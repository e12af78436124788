package io.github.datasphere.emulator.docker;

import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * By what the emulator knows its own things in an engine: without these labels it touches nothing.
 *
 * @param owner of what is made: one emulator process, or all that use one data directory
 */
public record Ownership(String owner) {
  /** Names the owner. */
  public static final String OWNER = "io.github.datasphere.emulator.owner";

  /** Names the job that a container runs. */
  public static final String JOB = "io.github.datasphere.emulator.job";

  private static final String PROCESS = "process";

  /** Of an emulator that leaves nothing behind: it can be told later whether it still lives. */
  public static Ownership ofProcess() {
    return new Ownership(
        String.join("-", PROCESS, machine(), ProcessIdentity.current().text()));
  }

  /**
   * Whether the owner was a process of this machine and is gone. Of others nobody here can tell:
   * those of data directories look after their own things.
   */
  public static boolean isDead(String owner) {
    var parts = owner.split("-", 3);
    return parts.length == 3
        && parts[0].equals(PROCESS)
        && parts[1].equals(machine())
        && ProcessIdentity.parse(parts[2]).filter(ProcessIdentity::isGone).isPresent();
  }

  /** Whether it is one process, whose things nobody looks after when it is gone. */
  public boolean isOfProcess() {
    return owner.startsWith(PROCESS + "-");
  }

  /** Labels of what belongs to no single job. */
  public Map<String, String> labels() {
    return Map.of(OWNER, owner);
  }

  /** Labels of a job's container. */
  public Map<String, String> labels(String job) {
    var labels = new HashMap<>(labels());
    labels.put(JOB, job);
    return labels;
  }

  /**
   * This boot of this machine, as far as its processes can be seen from here: in a container, that
   * is the container.
   */
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
