package io.github.datasphere.emulator;

import org.junit.jupiter.api.AfterEach;

/** A test double and a client of it, new for each test. */
abstract class WithTestDouble {
  final Emulator emulator = Emulator.inProcess();
  final TestClient client = new TestClient(emulator.channel());

  @AfterEach
  void closeTestDouble() {
    client.close();
    emulator.close();
  }
}
