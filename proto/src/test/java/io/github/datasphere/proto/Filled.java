package io.github.datasphere.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collections;

/** Messages with something in every field that can hold it at once. */
final class Filled {

  private static final int DEEPEST = 6;

  private Filled() {}

  /** Of each oneof the field declared first is kept, or the one declared last. */
  static Message message(Message empty, boolean firstOfOneof) {
    return fill(empty.newBuilderForType(), firstOfOneof, 0);
  }

  private static Message fill(Message.Builder builder, boolean firstOfOneof, int depth) {
    var fields = new ArrayList<>(builder.getDescriptorForType().getFields());
    if (firstOfOneof) {
      Collections.reverse(fields);
    }
    for (var field : fields) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth == DEEPEST) {
        continue;
      }
      var value = value(builder, field, firstOfOneof, depth);
      if (field.isRepeated()) {
        builder.addRepeatedField(field, value);
      } else {
        builder.setField(field, value);
      }
    }
    return builder.build();
  }

  private static Object value(
      Message.Builder builder, FieldDescriptor field, boolean firstOfOneof, int depth) {
    var number = field.getNumber();
    return switch (field.getJavaType()) {
      case INT -> number;
      case LONG -> (1L << 40) + number;
      case FLOAT -> number + 0.5f;
      case DOUBLE -> number + 0.25;
      case BOOLEAN -> true;
      case STRING -> field.getName();
      case BYTE_STRING -> ByteString.copyFromUtf8(field.getName());
      case ENUM ->
        field.getEnumType().getValues().get(field.getEnumType().getValues().size() - 1);
      case MESSAGE -> fill(builder.newBuilderForField(field), firstOfOneof, depth + 1);
    };
  }
}
