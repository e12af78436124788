package io.github.datasphere.emulator.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many connections a process may hold. */
class OpenFilesTest {
  private static final String LIMITS = """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             95000                96000                processes
      Max open files            1024                 %s              files
      """;

  @Test
  void whatJavaMayRaiseItsLimitToCounts() {
    assertThat(OpenFiles.parsed(LIMITS.formatted("524288"))).isEqualTo(524_288);
  }

  @Test
  void noLimitLeavesRoomForSomeThousands() {
    assertThat(OpenFiles.parsed(LIMITS.formatted("unlimited"))).isEqualTo(8_000);
  }

  @Test
  void fewAreFew() {
    assertThat(OpenFiles.atMost(7)).isEqualTo(7);
  }

  @Test
  void notMoreThanTheProcessMayHave() {
    assertThat(OpenFiles.atMost(Integer.MAX_VALUE)).isBetween(100, Integer.MAX_VALUE - 1);
  }
}
