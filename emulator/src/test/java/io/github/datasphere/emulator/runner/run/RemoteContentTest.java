package io.github.datasphere.emulator.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RemoteContentTest {
  @Test
  void allOfItIsReadAndItMayBeClosedMoreThanOnce() throws IOException {
    var bytes = new byte[200_000];
    bytes[150_000] = 1;
    try (var content = RemoteContent.open(() -> new ByteArrayInputStream(bytes), () -> {})) {
      assertThat(content.readAllBytes()).isEqualTo(bytes);
      content.close();
    }
  }
}
