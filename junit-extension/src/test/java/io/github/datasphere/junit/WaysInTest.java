package io.github.datasphere.junit;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each way to start an emulator in a test; run again with a user's dependencies alone. */
class WaysInTest {
  @RegisterExtension
  static final DataSphereEmulatorExtension OVER_TCP =
      DataSphereEmulatorExtension.builder().transport(Transport.TCP).build();

  @Test
  void theExtensionOverTcp(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    assertThat(emulator).job(Jobs.execute(jobs, "a")).hasStatus(JobStatus.SUCCESS);
    assertThat(emulator.addresses().grpc()).startsWith("127.0.0.1:");
  }

  @Test
  void inProcess() {
    try (var emulator = Emulator.inProcess()) {
      serves(emulator.channel());
    }
  }

  @Test
  void inProcessWithTheRunnerOfTheMachine() {
    try (var emulator = Emulator.inProcess(EmulatorConfig.onFreePorts())) {
      serves(emulator.channel());
    }
  }

  @Test
  void aServerOnFreePorts() {
    try (var emulator = Emulator.start(EmulatorConfig.onFreePorts())) {
      serves(
          Grpc.newChannelBuilder(emulator.addresses().grpc(), InsecureChannelCredentials.create())
              .build());
    }
  }

  private static void serves(ManagedChannel channel) {
    try {
      assertThat(Jobs.create(
              (ProjectJobServiceBlockingStub)
                  Stubs.make(ProjectJobServiceBlockingStub.class, channel, "t"),
              "a"))
          .startsWith("bt1");
    } finally {
      channel.shutdownNow();
    }
  }
}
