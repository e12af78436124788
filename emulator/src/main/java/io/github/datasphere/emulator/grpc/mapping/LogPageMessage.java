package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.engine.LogReceiver;

/**
 * One message of a log stream, as it fills.
 *
 * @param <R> the message
 */
public interface LogPageMessage<R extends Message> extends LogReceiver {
  boolean isEmpty();

  /**
   * The message.
   *
   * @param offset where the next request goes on (service-behaviour 5.1)
   */
  R build(long offset);
}
