package io.github.datasphere.emulator;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** The clock of another program, put right and wrong while that runs. */
final class WrongClock {
  private final Path library;
  private final Path page;
  private final MappedByteBuffer seconds;

  private WrongClock(Path library, Path page, MappedByteBuffer seconds) {
    this.library = library;
    this.page = page;
    this.seconds = seconds;
  }

  /** One that is right at first. */
  static WrongClock build(Path folder) throws IOException, InterruptedException {
    var library = Preload.build(WrongClock.class, "wrong-clock", folder);
    var page = folder.resolve("wrong-clock.control");
    try (var file = FileChannel.open(
        page, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var seconds = file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
      seconds.order(ByteOrder.nativeOrder());
      return new WrongClock(library, page, seconds);
    }
  }

  /** What the program needs to go by it. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "WRONG_CLOCK_CONTROL", page.toString());
  }

  /** So far it is ahead from now on. */
  void put(Duration ahead) {
    seconds.putLong(0, ahead.toSeconds());
  }
}
