package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/** Fills messages, by their descriptors, with what programs tend to forget. */
public final class HostileMessages {
  private static final List<String> TEXTS = List.of(
      "",
      " ",
      "\0",
      "\n",
      "..",
      "../..",
      "/",
      "/etc/passwd",
      "a/../../b",
      "C:\\x",
      "${X}",
      "${",
      "$(reboot)",
      "'; DROP TABLE job; --",
      "%s%n",
      "\ud83d\ude00",
      "\u202e",
      "\ufeff",
      "Ж".repeat(300),
      "x".repeat(5_000),
      "status IN (",
      "bt100000000000000000",
      "a".repeat(64),
      "bt1project",
      "true",
      "c1.4",
      "-1",
      "=");
  private static final List<Long> NUMBERS = List.of(
      0L,
      1L,
      -1L,
      50L,
      1_000L,
      1_001L,
      86_400L,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      (long) Integer.MAX_VALUE + 1,
      1L << 40);
  private static final int MOST_ENTRIES = 3;

  private final Random random;
  private final List<String> knownIds;

  /**
   * Chooses at random.
   *
   * @param knownIds of what there is, so that some calls get further
   */
  public HostileMessages(long seed, List<String> knownIds) {
    this(new Random(seed), knownIds);
  }

  HostileMessages(Random random, List<String> knownIds) {
    this.random = random;
    this.knownIds = knownIds;
  }

  /** A message of this type, some of whose fields are set. */
  public Message of(Message prototype) {
    var builder = prototype.newBuilderForType();
    for (var field : prototype.getDescriptorForType().getFields()) {
      if (random.nextInt(4) > 0) {
        fill(builder, field);
      }
    }
    return builder.build();
  }

  private void fill(Message.Builder builder, FieldDescriptor field) {
    if (field.isRepeated()) {
      for (int i = random.nextInt(MOST_ENTRIES); i > 0; i--) {
        builder.addRepeatedField(field, value(builder, field));
      }
    } else {
      builder.setField(field, value(builder, field));
    }
  }

  /** A value for one element of this field. */
  Object value(Message.Builder builder, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING ->
        field.getName().endsWith("_id") && random.nextBoolean() ? pick(knownIds) : pick(TEXTS);
      case LONG -> pick(NUMBERS);
      case INT -> pick(NUMBERS).intValue();
      case BOOLEAN -> random.nextBoolean();
      case DOUBLE -> pick(List.of(0.0, -1.0, Double.NaN, Double.MAX_VALUE));
      case FLOAT -> pick(List.of(0.0f, -1.0f, Float.NaN));
      case BYTE_STRING -> ByteString.copyFromUtf8(pick(TEXTS));
      case ENUM ->
        field.getEnumType().findValueByNumberCreatingIfUnknown(pick(NUMBERS).intValue());
      case MESSAGE -> of(builder.newBuilderForField(field).build());
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
