package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.run.ExecutionBackend;
import java.time.Duration;
import java.time.Instant;

/**
 * A node on which jobs run, from the time that it was reached until it is lost. A node that comes
 * back is another place.
 */
final class Place {
  /** Together with how long a look may take this is less than 30 seconds. */
  private static final Duration MAY_BE_SILENT = Duration.ofSeconds(15);

  /** So that one look after a long sleep of this machine loses no node. */
  private static final int FEWEST_MISSES = 3;

  private static final int LOOKS_A_MINUTE = 20;

  private final SwarmEngines.Link link;
  private final ExecutionBackend backend;
  private final InputCache cache;
  private Instant lastSign;
  private Instant firstMiss = Instant.MAX;
  private int misses;
  private boolean wasSilent;
  private int looks;
  private volatile boolean isLost;

  Place(SwarmEngines.Link link, ExecutionBackend backend, InputCache cache, Instant now) {
    this.link = link;
    this.backend = backend;
    this.cache = cache;
    this.lastSign = now;
  }

  SwarmEngines.Link link() {
    return link;
  }

  String id() {
    return link.node();
  }

  String name() {
    return link.name();
  }

  /** Returns its processor, as images name it. */
  String architecture() {
    return link.engine().facts().architecture();
  }

  ExecutionBackend backend() {
    return backend;
  }

  InputCache cache() {
    return cache;
  }

  boolean isLost() {
    return isLost;
  }

  synchronized Instant lastSign() {
    return lastSign;
  }

  /**
   * Notes that it answers; returns whether to look for what is left there: after it was silent to
   * anything, and once a minute.
   */
  synchronized boolean seen(Instant now) {
    lastSign = now;
    misses = 0;
    firstMiss = Instant.MAX;
    boolean isDue = wasSilent || ++looks % LOOKS_A_MINUTE == 0;
    wasSilent = false;
    return isDue;
  }

  /** Notes that a step failed since it did not answer. */
  synchronized void wasSilent() {
    wasSilent = true;
    cache.distrust();
  }

  /** Notes that it did not answer; returns whether it is lost now. */
  synchronized boolean missed(Instant began, Instant now) {
    wasSilent();
    misses++;
    firstMiss = began.isBefore(firstMiss) ? began : firstMiss;
    isLost = misses >= FEWEST_MISSES && !firstMiss.plus(MAY_BE_SILENT).isAfter(now);
    return isLost;
  }
}
