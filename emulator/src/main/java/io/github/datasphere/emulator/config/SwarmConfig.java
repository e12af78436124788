package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of a swarm.
 *
 * @param engines the engine of each node, by a name for the node; at least one is a manager's
 * @param onNodeLoss what becomes of a job whose command runs on a node that does not answer any
 *     more
 * @param nodeCache how much of its jobs' large inputs each node keeps for later jobs; 0 for nothing
 */
public record SwarmConfig(Map<String, Engine> engines, NodeLoss onNodeLoss, ByteSize nodeCache) {
  private static final ByteSize CACHE = new ByteSize(20L << 30);

  public SwarmConfig {
    engines = Collections.unmodifiableMap(new LinkedHashMap<>(engines));
  }

  /** Returns one without nodes. */
  public static SwarmConfig none() {
    return new SwarmConfig(Map.of(), NodeLoss.ERROR, CACHE);
  }

  static SwarmConfig read(Fields fields, SwarmConfig base) {
    return new SwarmConfig(
        fields.read("engines", base.engines, value -> Fields.map(value, Engine::read)),
        fields.read("on-node-loss", base.onNodeLoss, value -> value.oneOf(NodeLoss.class)),
        fields.read("node-cache", base.nodeCache, Value::size));
  }

  /**
   * The engine of one node.
   *
   * @param address where the node's own engine listens, such as {@code tcp://10.0.0.5:2376}
   * @param certificates folder of ca.pem, cert.pem and key.pem for TLS, which an engine that others
   *     can reach has to ask for; empty for an engine without TLS
   */
  public record Engine(String address, Optional<Path> certificates) {
    static Engine read(Value value) {
      var fields = Fields.of(value);
      var address = fields.require("address", Value::text);
      var certificates = fields.readIfThere("certificates", Value::folder);
      fields.end();
      return new Engine(address, certificates);
    }
  }

  /** What becomes of a job whose command runs on a node that is lost. */
  public enum NodeLoss {
    /** The job ends in ERROR, and its details name the node and its last sign of life. */
    ERROR,
    /**
     * The job runs again on another node, up to three times in all: for jobs that do no harm when
     * they run twice.
     */
    RETRY
  }
}
