package io.github.datasphere.emulator.session.redact;

import io.github.datasphere.emulator.session.TimedEvent;

/** An event without secrets. Only this package can make one, and only such are written. */
public final class RedactedEvent {
  private final TimedEvent event;

  RedactedEvent(TimedEvent event) {
    this.event = event;
  }

  TimedEvent event() {
    return event;
  }
}
