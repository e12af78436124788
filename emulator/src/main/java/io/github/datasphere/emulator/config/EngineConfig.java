package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The engine of one node of a swarm.
 *
 * @param address where the node's own engine listens, such as {@code tcp://10.0.0.5:2376}
 * @param certificates folder of ca.pem, cert.pem and key.pem for TLS, which an engine that others
 *     can reach has to ask for; empty for an engine without TLS
 */
public record EngineConfig(String address, Optional<Path> certificates) {
  static EngineConfig read(Value value) {
    var fields = Fields.of(value);
    var address = fields.require("address", Value::text);
    var certificates = fields.readIfThere("certificates", Value::folder);
    fields.end();
    return new EngineConfig(address, certificates);
  }
}
