package io.github.datasphere.emulator.grpc.interception;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

/**
 * Finds the text in a message that is not UTF-8, since the parser does not say which one it is. It
 * looks as deep as the parser, which refuses deeper messages.
 */
final class InvalidText {
  private static final int DEEPEST = 100;

  private InvalidText() {}

  /**
   * Returns the path of the first such field; empty if there is none or the bytes are no message at
   * all.
   */
  static String find(byte[] message, Descriptor type) {
    try {
      return find(UnknownFieldSet.parseFrom(message), type, "", 0);
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  private static String find(UnknownFieldSet message, Descriptor type, String prefix, int depth)
      throws InvalidProtocolBufferException {
    for (var entry : message.asMap().entrySet()) {
      var field = type.findFieldByNumber(entry.getKey());
      if (field == null) {
        continue;
      }
      int index = 0;
      for (var value : entry.getValue().getLengthDelimitedList()) {
        var path = prefix + field.getName() + (field.isRepeated() ? "[" + index++ + "]" : "");
        var found = find(value, field, path, depth);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }

  private static String find(ByteString value, FieldDescriptor field, String path, int depth)
      throws InvalidProtocolBufferException {
    return switch (field.getJavaType()) {
      case STRING -> value.isValidUtf8() ? "" : path;
      case MESSAGE ->
        depth >= DEEPEST
            ? ""
            : find(UnknownFieldSet.parseFrom(value), field.getMessageType(), path + ".", depth + 1);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM -> "";
    };
  }
}
