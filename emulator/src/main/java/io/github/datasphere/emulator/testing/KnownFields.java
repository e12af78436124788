package io.github.datasphere.emulator.testing;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/**
 * Removes unknown fields from messages of clients before they are printed. Protobuf would print
 * such fields as messages within messages, as deep as a client has packed them, and end in a
 * StackOverflowError.
 */
public final class KnownFields {
  private KnownFields() {}

  /**
   * Returns the same message without unknown fields, so that its text is only as deep as its type.
   */
  public static Message of(Message message) {
    try {
      return (Message) DiscardUnknownFieldsParser.wrap(message.getParserForType())
          .parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read again that was read before", e);
    }
  }
}
