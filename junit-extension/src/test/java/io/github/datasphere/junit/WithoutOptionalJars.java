package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.EmulatorException;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a library that a user's test has not got; {@link OptionalJarsIT} runs it. */
class WithoutOptionalJars {
  @TempDir
  Path folder;

  @Test
  void tlsOverTheExtension() {
    assertThat(Run.of(OverTls.class).failureText())
        .contains("TLS, the CONNECT port", "add org.bouncycastle:bcpkix-jdk18on");
  }

  @Test
  void theTlsAddressOfAServer() {
    try (var emulator = Emulator.start(EmulatorConfig.onFreePorts())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> emulator.addresses().tls())
          .withMessageContaining("add org.bouncycastle:bcpkix-jdk18on");
      assertThat(emulator.addresses().encrypted()).isEmpty();
    }
  }

  @Test
  void offlineMode() {
    var network = EmulatorConfig.onFreePorts().network();
    refused(
        EmulatorConfig.onFreePorts()
            .with(new NetworkConfig(network.bind(), network.advertise(), 0, 0, 0, 0, true)),
        "offline mode needs libraries that are optional: add org.bouncycastle:bcpkix-jdk18on");
  }

  @Test
  void aDataDirectory() {
    refused(
        EmulatorConfig.onFreePorts().with(StorageConfig.defaults().inDataDir(folder)),
        "A data directory needs libraries that are optional: add com.h2database:h2 and"
            + " org.jdbi:jdbi3-core");
  }

  @Test
  void filesInMinio() {
    var storage = StorageConfig.defaults();
    refused(
        EmulatorConfig.onFreePorts()
            .with(new StorageConfig(
                storage.dataDir(), StorageKind.MINIO, storage.minio(), storage.urls())),
        "add io.minio:minio and com.squareup.okhttp3:okhttp-jvm");
  }

  @Test
  void containers() {
    var config = EmulatorConfig.onFreePorts();
    refused(
        config.with(config.jobs().with(RunnerKind.DOCKER)),
        "add com.github.docker-java:docker-java-core");
  }

  private static void refused(EmulatorConfig config, String advice) {
    assertThatThrownBy(() -> Emulator.start(config))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining(advice);
  }

  @DataSphereEmulator(transport = Transport.TLS)
  static class OverTls {
    @Test
    void uses(Emulator emulator) {
      emulator.reset();
    }
  }
}
