package io.github.datasphere.emulator.wiring;

import com.sun.management.OperatingSystemMXBean;
import io.github.datasphere.emulator.job.capacity.Resources;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that the emulator runs on. */
final class Machine {
  private static final Path NVIDIA_GPUS = Path.of("/proc/driver/nvidia/gpus");

  private Machine() {}

  /** Returns all that the machine has; inside a container, what the container may use. */
  static Resources resources() {
    var memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Resources(
        Runtime.getRuntime().availableProcessors(), memory.getTotalMemorySize(), gpus());
  }

  private static int gpus() {
    try (var gpus = Files.list(NVIDIA_GPUS)) {
      return (int) gpus.count();
    } catch (IOException e) {
      // Without a driver there is no usable GPU.
      return 0;
    }
  }
}
