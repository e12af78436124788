package io.github.datasphere.emulator.session.redact;

import io.github.datasphere.emulator.session.TimedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** A session that was seen, with all of its secrets. It can be read several times. */
public interface EventSource {
  /** Takes events one after another. */
  @FunctionalInterface
  interface Taker {
    void take(TimedEvent event) throws IOException;
  }

  /** Gives every event, in order. */
  void forEach(Taker taker) throws IOException;

  /** Returns the digests of the files whose content is there. */
  Set<String> files();

  /** Opens a file; empty if its content is not there. */
  Optional<InputStream> file(String sha256) throws IOException;
}
