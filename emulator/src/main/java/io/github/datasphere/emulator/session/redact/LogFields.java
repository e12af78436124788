package io.github.datasphere.emulator.session.redact;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** Tells which log of a call a piece belongs to. */
public final class LogFields {
  private LogFields() {}

  /** Returns the other fields of the piece's record that say where it was printed. */
  public static String sourceOf(FieldDescriptor content, Message record) {
    var source = new StringBuilder(content.getFullName());
    for (var field : record.getDescriptorForType().getFields()) {
      var isSource = switch (field.getName()) {
        case "type", "standard_stream", "file_path" -> true;
        default -> false;
      };
      if (isSource && (!field.hasPresence() || record.hasField(field))) {
        source.append(' ').append(record.getField(field));
      }
    }
    return source.toString();
  }
}
