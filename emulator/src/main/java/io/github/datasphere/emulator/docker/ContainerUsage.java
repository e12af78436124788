package io.github.datasphere.emulator.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.util.Map;

/**
 * What a container takes of its machine at one moment.
 *
 * @param cpuNanos CPU time of all its processes since it began
 * @param memoryBytes memory without the part that the kernel can drop at once
 * @param receivedBytes through all its networks since it began; negative if it has none of its own
 * @param sentBytes through all its networks since it began; negative if it has none of its own
 */
public record ContainerUsage(
    long cpuNanos,
    long memoryBytes,
    long memoryLimitBytes,
    long processes,
    long receivedBytes,
    long sentBytes) {

  /** Reports from now on, once a second. */
  public static Stream follow(DockerEngine engine, String container) throws IOException {
    var answer =
        engine.http().call("GET", "/containers/" + container + "/stats", Map.of("stream", "1"));
    return new Stream(answer);
  }

  /**
   * The reports one after another, until the container ends or this is closed; any thread may close
   * it.
   */
  public static final class Stream implements AutoCloseable {
    private final Response answer;
    private final MappingIterator<JsonNode> rows;

    private Stream(Response answer) throws IOException {
      this.answer = answer;
      this.rows = new ObjectMapper().readerFor(JsonNode.class).readValues(answer.getBody());
    }

    /** Waits for the next report. */
    public boolean hasNext() throws IOException {
      return rows.hasNextValue();
    }

    public ContainerUsage next() throws IOException {
      return parse(rows.nextValue());
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  private static ContainerUsage parse(JsonNode stats) {
    var memory = stats.path("memory_stats");
    return new ContainerUsage(
        stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong(),
        Math.max(0, memory.path("usage").asLong() - inactive(memory.path("stats"))),
        memory.path("limit").asLong(),
        stats.path("pids_stats").path("current").asLong(),
        network(stats, "rx_bytes"),
        network(stats, "tx_bytes"));
  }

  /** Containers in the network of their host, or in none, have no such report. */
  private static long network(JsonNode stats, String direction) {
    long sum = -1;
    for (var network : stats.path("networks")) {
      sum = Math.max(0, sum) + network.path(direction).asLong();
    }
    return sum;
  }

  /**
   * Returns the memory that {@code docker stats} subtracts; cgroup v1 and v2 name it differently.
   */
  private static long inactive(JsonNode stats) {
    return stats.path("total_inactive_file").asLong(stats.path("inactive_file").asLong());
  }
}
