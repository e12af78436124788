package io.github.datasphere.emulator.docker;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Reads the events of a container from the engine. */
public final class ContainerEvents {
  private ContainerEvents() {}

  /**
   * Whether the kernel ended one of its processes because memory ran out. The state of a container
   * tells this only about process 1.
   *
   * @param until how long to wait for the event, by the clock of the engine
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
