package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.Random;

/**
 * Fills every field of a message, by its descriptor: no field that exists can be missed. Of a oneof
 * one member is chosen. Values are such that the domain can hold them, and none is a default.
 */
final class RandomMessages {
  private final Random random;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  <M extends Message> M fill(M prototype) {
    var builder = prototype.newBuilderForType();
    for (var field : prototype.getDescriptorForType().getFields()) {
      if (field.getContainingOneof() == null) {
        fill(builder, field);
      }
    }
    for (var oneof : prototype.getDescriptorForType().getOneofs()) {
      fill(builder, oneof.getField(random.nextInt(oneof.getFieldCount())));
    }
    @SuppressWarnings("unchecked")
    var filled = (M) builder.build();
    return filled;
  }

  private void fill(Message.Builder builder, FieldDescriptor field) {
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value(builder, field));
      builder.addRepeatedField(field, value(builder, field));
    } else {
      builder.setField(field, value(builder, field));
    }
  }

  private Object value(Message.Builder builder, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> field.getName() + "-" + Integer.toString(random.nextInt(1 << 20), 36);
      case LONG -> 1L + random.nextInt(Integer.MAX_VALUE);
      case INT -> 1 + random.nextInt(1_000);
      case BOOLEAN -> true;
      case DOUBLE -> random.nextDouble() + 1;
      case FLOAT -> random.nextFloat() + 1;
      case BYTE_STRING -> ByteString.copyFromUtf8("bytes" + random.nextInt());
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(1 + random.nextInt(values.size() - 1));
      }
      case MESSAGE -> message(builder.newBuilderForField(field).build());
    };
  }

  private Message message(Message prototype) {
    if (prototype instanceof Duration) {
      return Duration.newBuilder()
          .setSeconds(1 + random.nextInt(1_000_000))
          .setNanos(1 + random.nextInt(999_999_999))
          .build();
    }
    if (prototype instanceof Timestamp) {
      return Timestamp.newBuilder()
          .setSeconds(1 + random.nextInt(Integer.MAX_VALUE))
          .setNanos(1 + random.nextInt(999_999_999))
          .build();
    }
    return fill(prototype);
  }
}
