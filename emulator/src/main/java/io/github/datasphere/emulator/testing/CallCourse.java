package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in the course of a call. Of a long stream the first messages and the last ones are
 * kept.
 *
 * @param messages the messages of a stream, oldest first; empty if the call has one answer
 * @param faults ordered faults that happened to the call, in words
 * @param endedAt on the emulator's clock; null while the call goes on
 * @param bytes what the messages take on the wire
 */
public record CallCourse(
    List<Sent> messages, List<String> faults, @Nullable Instant endedAt, long bytes) {
  static final int FIRST_KEPT = 50;
  static final int MOST_KEPT = 200;

  static final CallCourse NOTHING = new CallCourse(List.of(), List.of(), null, 0);

  /**
   * A message of a stream.
   *
   * @param number counts the messages of the call, from 1
   */
  public record Sent(long number, Instant at, Message message) {}

  CallCourse sent(Sent message) {
    var all = new ArrayList<>(messages);
    long weight = bytes + message.message().getSerializedSize();
    if (all.size() == MOST_KEPT) {
      weight -= all.remove(FIRST_KEPT).message().getSerializedSize();
    }
    all.add(message);
    return new CallCourse(List.copyOf(all), faults, endedAt, weight);
  }

  CallCourse faulted(String fault) {
    var all = new ArrayList<>(faults);
    all.add(fault);
    return new CallCourse(messages, List.copyOf(all), endedAt, bytes);
  }

  CallCourse ended(Instant at) {
    return new CallCourse(messages, faults, at, bytes);
  }
}
