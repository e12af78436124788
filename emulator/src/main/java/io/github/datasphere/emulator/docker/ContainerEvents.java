package io.github.datasphere.emulator.docker;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** What an engine has seen happen to a container. */
public final class ContainerEvents {
  private ContainerEvents() {}

  /**
   * Whether the kernel ended one of its processes for want of memory. The state of a container
   * tells that of process 1 alone.
   *
   * @param until how long to wait for the news, by the clock of the engine
   */
  public static boolean ranOutOfMemory(DockerEngine engine, String container, Instant until)
      throws IOException {
    var filters = "{\"container\":[\"" + container + "\"],\"event\":[\"oom\"]}";
    var query =
        Map.of("since", "0", "until", Long.toString(until.getEpochSecond()), "filters", filters);
    try (var answer = engine.http().call("GET", "/events", query);
        var body = answer.getBody()) {
      return body.read() >= 0;
    }
  }
}
