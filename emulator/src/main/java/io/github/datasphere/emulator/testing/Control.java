package io.github.datasphere.emulator.testing;

import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the control service asks of the emulator as a whole, whatever world is current. Throws
 * {@link IllegalArgumentException} for requests that are impossible, and
 * {@link IllegalStateException} for those that are impossible now or in this emulator; the message
 * says what to change.
 */
public interface Control {
  /** Returns the state of the current world, which is recorded from now on. */
  TestState state();

  /** Begins an empty world, which is recorded. Its time stands still or goes on. */
  void reset(boolean manualClock);

  /** Saves all that there is; returns a name for it. */
  String save();

  /** Goes back to what was saved under this name. */
  void restore(String savepoint);

  Instant now();

  /** Whether time stands still until it is moved. */
  boolean isManual();

  /** Lets this much time pass; returns when everything that is due by then has happened. */
  void advance(Duration time);

  /** Sets the time, also to an earlier one, as long as no timer is set. */
  void setTo(Instant instant);

  void addScripts(AddScriptsRequest request);

  /** Lets the jobs go on that wait at the gate of this name. */
  void openGate(String name);

  /** Puts a job in; returns its id. */
  String putJob(PutJobRequest request);

  /** Puts a file in; returns its digest in lower-case hexadecimal. */
  String putFile(String project, byte[] content);

  void putSecret(String name, String value);

  /**
   * Sets how many jobs may be active before Execute fails as it does with the service's quota; 0
   * for any number.
   */
  void setQuota(int jobs);

  /** Returns a sentence for each thing that a strict test complains about. */
  List<String> undone();
}
