package io.github.datasphere.emulator.check;

import io.grpc.Channel;
import java.time.Instant;
import java.util.List;

/** The service that a recording is compared with. */
public interface CheckTarget {
  Channel channel();

  /** Lets time pass until then. */
  void advanceTo(Instant time);

  /** Says what the jobs do, in the order in which they are executed. */
  void prepare(List<RecordedRun> runs);
}
