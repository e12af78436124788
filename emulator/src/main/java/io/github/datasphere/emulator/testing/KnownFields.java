package io.github.datasphere.emulator.testing;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/**
 * Messages of clients as text. Unknown fields are left out: protobuf prints what they may hold as
 * messages within messages, as deep as a client has packed them, and ends in a StackOverflowError.
 */
public final class KnownFields {
  private KnownFields() {}

  /** The same message, whose text is as deep as its type. */
  public static Message of(Message message) {
    try {
      return (Message) DiscardUnknownFieldsParser.wrap(message.getParserForType())
          .parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read again that was read before", e);
    }
  }
}
