package io.github.datasphere.emulator;

import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc.ControlServiceBlockingStub;
import org.junit.jupiter.api.AfterEach;

/** An emulator with a client of the API and one of the control service, for each test. */
abstract class ControlledEmulator {
  final Emulator emulator = Emulator.inProcess();
  final TestClient client = new TestClient(emulator.channel());
  final ControlServiceBlockingStub control =
      ControlServiceGrpc.newBlockingStub(client.jobs.getChannel());

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }
}
