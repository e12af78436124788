package io.github.datasphere.emulator.testing;

import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the control service asks of the emulator as a whole: one for all its worlds. Throws
 * {@link IllegalArgumentException} for what can't be, {@link IllegalStateException} for what can't
 * be now or here; the message says what to change.
 */
public interface Control {
  /** Of the world that is the current one; it is watched from now on. */
  TestState state();

  /** Begins an empty world, whose time stands still or goes on, and which is watched. */
  void reset(boolean manualClock);

  /** Keeps all that there is; gives a name for it. */
  String save();

  /** Goes back to what was kept under this name. */
  void restore(String savepoint);

  Instant now();

  /** Whether time stands still until it is moved. */
  boolean isManual();

  /** Lets so much time pass; returns when all that is due by then has happened. */
  void advance(Duration time);

  /** Sets the time, also back, as long as nothing waits for its time. */
  void setTo(Instant instant);

  void addScripts(AddScriptsRequest request);

  /** Lets jobs on that wait at the gate of this name. */
  void openGate(String name);

  /** Gives the id of the new job. */
  String putJob(PutJobRequest request);

  /** Gives the digest of the file, in lower-case hexadecimal. */
  String putFile(String project, byte[] content);

  void putSecret(String name, String value);

  /**
   * So many jobs may be active before Execute fails as the service's quota does; 0 for any number.
   */
  void setQuota(int jobs);

  /** A sentence for each thing that a strict test complains of. */
  List<String> undone();
}
