package io.github.datasphere.emulator.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * What a container takes at one moment.
 *
 * @param cpuNanos of all its processes since it began
 * @param memoryBytes without what the kernel can drop at once
 */
public record ContainerUsage(
    long cpuNanos, long memoryBytes, long memoryLimitBytes, long processes) {

  /** Asks for it. */
  public static ContainerUsage of(DockerEngine engine, String container) throws IOException {
    var query = Map.of("stream", "0", "one-shot", "1");
    try (var answer = engine.http().call("GET", "/containers/" + container + "/stats", query)) {
      return parse(new ObjectMapper().readTree(answer.getBody()));
    }
  }

  private static ContainerUsage parse(JsonNode stats) {
    var memory = stats.path("memory_stats");
    return new ContainerUsage(
        stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong(),
        Math.max(0, memory.path("usage").asLong() - inactive(memory.path("stats"))),
        memory.path("limit").asLong(),
        stats.path("pids_stats").path("current").asLong());
  }

  /** As {@code docker stats} subtracts it: cgroup v1 and v2 name it differently. */
  private static long inactive(JsonNode stats) {
    return stats.path("total_inactive_file").asLong(stats.path("inactive_file").asLong());
  }
}
