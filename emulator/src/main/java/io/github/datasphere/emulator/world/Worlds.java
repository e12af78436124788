package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.grpc.OpenStreams;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Holds the current world of an emulator, and swaps it for another. */
public final class Worlds implements AutoCloseable {
  private final EmulatorContext context;
  private final OpenStreams streams;
  private final AtomicInteger number = new AtomicInteger(1);
  private volatile World current;

  /** Makes a clock that tells the time of the current world, also after a reset or a restore. */
  public static Clock clock(Supplier<Clock> current) {
    InstantSource time = () -> current.get().instant();
    return time.withZone(ZoneOffset.UTC);
  }

  public Worlds(EmulatorContext context, OpenStreams streams) throws IOException {
    this.context = context;
    this.streams = streams;
    this.current = World.open(context, context.manualTime());
  }

  public World current() {
    return current;
  }

  /** Returns which one the current world is, counted from 1. */
  public int number() {
    return number.get();
  }

  /** Returns the current world, whose calls and jobs are recorded from now on. */
  public World watched() {
    context.watch().begin();
    return current;
  }

  /** Returns the same; what calls carry is kept from now on, too, so that it can be saved. */
  public World watchedWhole() {
    context.watch().keepWhole();
    return watched();
  }

  /**
   * Returns the current world.
   *
   * @throws IllegalStateException if its jobs run their own commands
   */
  public World scripted() {
    if (!context.isScripted()) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "this emulator runs the jobs' own commands: start it with the runner 'scripted', or use"
              + " Emulator.inProcess()"));
    }
    return current;
  }

  /**
   * Returns the clock of the current world, which a test moves.
   *
   * @throws IllegalStateException if this emulator runs on the system's time
   */
  public ManualClock manualClock() {
    if (current.scheduler() instanceof ManualClock clock) {
      return clock;
    }
    throw CallSites.inAuthorsCode(new IllegalStateException(
        "this emulator runs on the system's time: use Emulator.inProcess() to move it by hand"));
  }

  /** Swaps in an empty world. */
  public synchronized void reset(boolean manualTime) {
    if (context.isDurable()) {
      throw new IllegalStateException(
          "an emulator on a data directory cannot be reset: close it and start one on another");
    }
    swap(() -> World.open(context, manualTime));
  }

  /** Returns all that the current world holds now. */
  public synchronized WorldState save() {
    try {
      return scripted().state();
    } catch (IOException e) {
      throw new UncheckedIOException("large files cannot be kept: " + e.getMessage(), e);
    }
  }

  /** Swaps in a world that goes on from this state. */
  public synchronized void restore(WorldState state) {
    swap(() -> World.open(context, state));
  }

  private void swap(NewWorld next) {
    if (current.scheduler().isInCallback()) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "the emulator was reset or restored from inside a script or callback, which belongs to"
              + " the world that would end: do it in the test, once the call or the advance that"
              + " led here has returned"));
    }
    try {
      var old = current;
      current = next.open();
      streams.endAll(old.engine());
      old.close();
      number.incrementAndGet();
      context.watch().worldChanged();
    } catch (IOException e) {
      throw new ExplainedException("A new world cannot begin: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    current.close();
  }

  @FunctionalInterface
  private interface NewWorld {
    World open() throws IOException;
  }
}
