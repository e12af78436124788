package io.github.datasphere.emulator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MixedLibrariesTest {
  @Test
  void theVersionsOfEachPartAndTheWayOutAreTold() {
    assertThat(MixedLibraries.told(new AbstractMethodError("buildClientTransportServers")))
        .hasMessageContaining("buildClientTransportServers")
        .hasMessageContaining("import io.grpc:grpc-bom")
        .message()
        .containsPattern("grpc-api-[0-9.]+jar, grpc-inprocess-[0-9.]+jar, grpc-util-[0-9.]+jar")
        .containsPattern("protobuf-java-[0-9.]+jar");
  }
}
