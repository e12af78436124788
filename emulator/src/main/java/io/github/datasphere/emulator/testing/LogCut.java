package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a message of a log stream before a break.
 *
 * @param messageToSend empty if no part of it is before the break
 */
record LogCut(Optional<Message> messageToSend, boolean isBroken) {
  private static final Set<String> STREAMS = Set.of("ReadLogs", "ReadStdLogs");

  /** Whether calls of this name have records that can be counted. */
  static boolean isLogStream(String method) {
    return STREAMS.contains(method);
  }

  static LogCut before(long offset, Message reply) {
    if (reply instanceof ReadProjectJobLogsResponse logs) {
      int kept = kept(logs.getOffset(), logs.getLogsCount(), offset);
      return cut(
          reply,
          kept,
          logs.getLogsCount(),
          ReadProjectJobLogsResponse.newBuilder()
              .addAllLogs(logs.getLogsList().subList(0, kept))
              .setOffset(offset)
              .build());
    }
    if (reply instanceof ReadProjectJobStdLogsResponse logs) {
      int kept = kept(logs.getOffset(), logs.getLogsCount(), offset);
      return cut(
          reply,
          kept,
          logs.getLogsCount(),
          ReadProjectJobStdLogsResponse.newBuilder()
              .addAllLogs(logs.getLogsList().subList(0, kept))
              .setOffset(offset)
              .build());
    }
    return new LogCut(Optional.of(reply), false);
  }

  /** Returns how many records of a message that ends at {@code next} are before the break. */
  private static int kept(long next, int count, long offset) {
    return (int) Math.max(0, Math.min(count, offset - (next - count)));
  }

  private static LogCut cut(Message whole, int kept, int count, Message part) {
    if (kept == count) {
      return new LogCut(Optional.of(whole), false);
    }
    return new LogCut(kept == 0 ? Optional.empty() : Optional.of(part), true);
  }
}
