package io.github.datasphere.emulator.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A measured figure with what it was compared with, if anything, and what it aims at. */
public record Result(Quantity measured, @Nullable Peer peer, List<Aim> aims) {

  /** The floor or the competitor, measured in the same run. */
  public record Peer(String name, Quantity measured) {}

  public Result {
    aims = List.copyOf(aims);
    if (peer != null) {
      measured.ratioTo(peer.measured);
    } else if (aims.stream().anyMatch(aim -> aim.of() == Aim.Measured.RATIO)) {
      throw new IllegalArgumentException("an aim relative to a peer needs a peer: " + aims);
    }
  }

  /** A figure without a peer. */
  public static Result of(Quantity measured, Aim... aims) {
    return new Result(measured, null, List.of(aims));
  }

  /** A figure beside its floor or peer. */
  public static Result of(Quantity measured, String peerName, Quantity peer, Aim... aims) {
    return new Result(measured, new Peer(peerName, peer), List.of(aims));
  }

  /** How many times the peer; not a number without one. */
  public double ratio() {
    return peer == null ? Double.NaN : measured.ratioTo(peer.measured);
  }

  boolean isMet() {
    return aims.stream().allMatch(aim -> aim.isMetBy(this));
  }
}
