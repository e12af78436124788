package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Finds the fields that a mapping has forgotten: those that are still at their default. */
final class UnsetFields {
  private final List<String> unset = new ArrayList<>();

  /** Paths of all unset fields, at any depth; of a oneof one member has to be set. */
  static List<String> of(Message message) {
    var fields = new UnsetFields();
    fields.visit(message, "");
    return fields.unset;
  }

  private void visit(Message message, String prefix) {
    // Parts of a moment may well be zero; an Any is looked at unpacked
    if (message instanceof Timestamp || message instanceof Duration || message instanceof Any) {
      return;
    }
    for (var field : message.getDescriptorForType().getFields()) {
      visit(message, field, prefix + field.getName());
    }
    for (var oneof : message.getDescriptorForType().getOneofs()) {
      if (!message.hasOneof(oneof)) {
        unset.add(prefix + oneof.getName());
      }
    }
  }

  private void visit(Message message, FieldDescriptor field, String path) {
    if (field.isRepeated()) {
      if (message.getRepeatedFieldCount(field) == 0) {
        unset.add(path);
      }
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        if (message.getRepeatedField(field, i) instanceof Message nested) {
          visit(nested, path + "[" + i + "].");
        }
      }
    } else if (field.hasPresence()) {
      if (message.hasField(field)) {
        if (message.getField(field) instanceof Message nested) {
          visit(nested, path + ".");
        }
      } else if (field.getContainingOneof() == null) {
        unset.add(path);
      }
    } else if (message.getField(field).equals(field.getDefaultValue())) {
      unset.add(path);
    }
  }
}
