package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.job.id.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether calls and the events of jobs are recorded. For scripted jobs they always are;
 * otherwise recording begins when it is first asked for, since a server may run for months. Who
 * shows jobs to people is told of their changes in any case.
 */
public final class RecordingSwitch {
  private volatile boolean on;
  private volatile boolean whole;
  private volatile @Nullable Listener listener;

  /** Is told what changes, within the change: so it must be short. */
  public interface Listener {
    /** A job was made or changed, or is gone. */
    void jobChanged(JobId job);

    /** Another world has begun: no job is what it was. */
    void worldChanged();
  }

  /**
   * Makes one.
   *
   * @param fromTheBeginning whether calls and the events of jobs are recorded already
   * @param whole whether what calls carry is kept already, see {@link #keepWhole}
   */
  public RecordingSwitch(boolean fromTheBeginning, boolean whole) {
    this.on = fromTheBeginning;
    this.whole = whole;
  }

  /** Begins to record. */
  public void begin() {
    on = true;
  }

  public boolean isOn() {
    return on;
  }

  /**
   * Keeps from now on what calls carried, with its secrets, so that the program that asked for it
   * can save a recording. A server that others use never does.
   */
  public void keepWhole() {
    whole = true;
  }

  public boolean keepsWhole() {
    return whole;
  }

  /** Sets who is told of changes from now on. */
  public void listen(Listener to) {
    listener = to;
  }

  /** Tells that a job was made or changed, or is gone. */
  public void jobChanged(JobId job) {
    var to = listener;
    if (to != null) {
      to.jobChanged(job);
    }
  }

  /** Tells that another world has begun. */
  public void worldChanged() {
    var to = listener;
    if (to != null) {
      to.worldChanged();
    }
  }
}
