package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes valid requests a little, field by field, and their bytes. Repeatable by its seed. */
final class Mutations {
  private static final int MOST_CHANGES = 4;
  private static final int MOST_COPIES = 300;
  private static final int DEEPEST = 3_000;

  private final Random random;
  private final HostileMessages hostile;

  Mutations(long seed, List<String> knownIds) {
    this.random = new Random(seed);
    this.hostile = new HostileMessages(random, knownIds);
  }

  /** The bytes of a request that is somewhat like this one. */
  byte[] of(Message seed) {
    var message = seed;
    for (int i = random.nextInt(MOST_CHANGES); i > 0; i--) {
      message = changed(message);
    }
    if (random.nextInt(20) == 0) {
      message = hostile.of(seed);
    }
    if (random.nextInt(50) == 0) {
      message =
          message.toBuilder().setUnknownFields(deep(random.nextInt(DEEPEST))).build();
    }
    return random.nextInt(3) == 0 ? changed(message.toByteArray()) : message.toByteArray();
  }

  private Message changed(Message message) {
    var fields = message.getDescriptorForType().getFields();
    if (fields.isEmpty()) {
      return message;
    }
    var field = fields.get(random.nextInt(fields.size()));
    var builder = message.toBuilder();
    if (field.isRepeated()) {
      changeList(builder, field);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && random.nextBoolean()) {
      builder.setField(field, changed((Message) message.getField(field)));
    } else if (random.nextInt(4) == 0) {
      builder.clearField(field);
    } else {
      builder.setField(field, hostile.value(builder, field));
    }
    return builder.build();
  }

  private void changeList(Message.Builder builder, FieldDescriptor field) {
    int count = builder.getRepeatedFieldCount(field);
    if (count == 0 || random.nextInt(4) == 0) {
      builder.addRepeatedField(field, hostile.value(builder, field));
      return;
    }
    int index = random.nextInt(count);
    var element = builder.getRepeatedField(field, index);
    if (random.nextInt(10) == 0) {
      for (int i = random.nextInt(MOST_COPIES); i > 0; i--) {
        builder.addRepeatedField(field, element);
      }
    } else if (element instanceof Message part) {
      builder.setRepeatedField(field, index, changed(part));
    } else {
      builder.setRepeatedField(field, index, hostile.value(builder, field));
    }
  }

  /** A field that no message has, with itself inside, so many times. */
  private static UnknownFieldSet deep(int depth) {
    var set = ByteString.EMPTY;
    for (int i = 0; i < depth; i++) {
      set = lengthDelimited(set);
    }
    return UnknownFieldSet.newBuilder()
        .addField(
            1_000, UnknownFieldSet.Field.newBuilder().addLengthDelimited(set).build())
        .build();
  }

  private static ByteString lengthDelimited(ByteString content) {
    var bytes = ByteString.newOutput();
    try {
      var coded = CodedOutputStream.newInstance(bytes);
      coded.writeBytes(1_000, content);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  byte[] changed(byte[] bytes) {
    var changed = bytes;
    for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
      changed = changedOnce(changed);
    }
    return changed;
  }

  private byte[] changedOnce(byte[] bytes) {
    if (bytes.length == 0) {
      return junk(1 + random.nextInt(16));
    }
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))});
      case 1 -> replaced(bytes, at, 1, junk(1));
      case 2 -> replaced(bytes, at, length, new byte[0]);
      case 3 -> replaced(bytes, at, 0, junk(random.nextInt(16)));
      case 4 -> replaced(bytes, at, bytes.length - at, new byte[0]);
      case 5 -> replaced(bytes, at, 0, part(bytes, at, length));
      default -> replaced(bytes, at, Math.min(5, bytes.length - at), varint());
    };
  }

  private byte[] varint() {
    var edges = new ArrayList<>(
        List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, (long) Integer.MAX_VALUE, 1L << 31));
    edges.add(random.nextLong());
    var bytes = new ByteArrayOutputStream();
    try {
      var coded = CodedOutputStream.newInstance(bytes);
      coded.writeUInt64NoTag(edges.get(random.nextInt(edges.size())));
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private byte[] junk(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] part(byte[] bytes, int from, int length) {
    var part = new byte[length];
    System.arraycopy(bytes, from, part, 0, length);
    return part;
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    var result = new byte[bytes.length - length + by.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
    return result;
  }
}
