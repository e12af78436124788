package io.github.datasphere.emulator.session;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes messages of any type with anything in them. */
final class RandomMessages {
  private static final List<String> TEXTS = List.of(
      "", "a", "zwei drei", "\"\\/\b\f\n\r\t\u0001", "тест", "\ud83d\ude80", "</script>", "***");

  private final Random random;
  private final List<Descriptor> types;

  RandomMessages(long seed, Api api) {
    this.random = new Random(seed);
    this.types = new ArrayList<>(api.types());
  }

  Message of(Message.Builder builder, int depth) {
    for (var field : builder.getDescriptorForType().getFields()) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      int count = field.isRepeated() ? random.nextInt(3) : 1;
      for (int i = 0; i < count; i++) {
        var isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (isMessage && depth == 0) {
          continue;
        }
        var value = isMessage ? nested(builder, field, depth - 1) : scalar(field);
        if (field.isMapField()) {
          putOnce(builder, field, (Message) value);
        } else if (field.isRepeated()) {
          builder.addRepeatedField(field, value);
        } else {
          builder.setField(field, value);
        }
      }
    }
    if (random.nextInt(6) == 0) {
      builder.setUnknownFields(unknown());
    }
    return builder.build();
  }

  /** A map has each key once on the wire that a library writes. */
  private static void putOnce(Message.Builder builder, FieldDescriptor field, Message entry) {
    if (builder.getRepeatedFieldCount(field) == 0) {
      builder.addRepeatedField(field, entry);
    }
  }

  private Message nested(Message.Builder parent, FieldDescriptor field, int depth) {
    var builder = parent.newBuilderForField(field);
    if (field.isMapField()) {
      var type = builder.getDescriptorForType();
      builder.setField(type.findFieldByNumber(1), scalar(type.findFieldByNumber(1)));
      var value = type.findFieldByNumber(2);
      builder.setField(
          value,
          value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              ? of(builder.newBuilderForField(value), depth)
              : scalar(value));
      return builder.build();
    }
    if (builder.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
      return any(builder, depth);
    }
    return of(builder, depth);
  }

  private Message any(Message.Builder builder, int depth) {
    var any = Any.newBuilder();
    var type = types.get(random.nextInt(types.size()));
    switch (random.nextInt(4)) {
      case 0 -> any.setTypeUrl("type.googleapis.com/never.Heard").setValue(bytes());
      case 1 -> {}
      default ->
        any.setTypeUrl("type.googleapis.com/" + type.getFullName())
            .setValue(of(DynamicMessage.newBuilder(type), depth).toByteString());
    }
    if (random.nextInt(5) == 0) {
      any.setUnknownFields(unknown());
    }
    return parsed(builder, any.build().toByteString());
  }

  private static Message parsed(Message.Builder builder, ByteString bytes) {
    try {
      return builder.mergeFrom(bytes).build();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private UnknownFieldSet unknown() {
    return UnknownFieldSet.newBuilder()
        .addField(
            20_000 + random.nextInt(9),
            UnknownFieldSet.Field.newBuilder()
                .addVarint(random.nextLong())
                .addLengthDelimited(bytes())
                .build())
        .build();
  }

  private ByteString bytes() {
    var bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(1_000_000_000);
      case LONG -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt();
      case FLOAT -> random.nextBoolean() ? random.nextFloat() : Float.NaN;
      case DOUBLE -> random.nextBoolean() ? random.nextGaussian() : -0.0;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
      case BYTE_STRING -> bytes();
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(6));
      case MESSAGE -> throw new AssertionError();
    };
  }
}
