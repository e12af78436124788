package io.github.datasphere.emulator.store.h2.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes numbered fields; defaults (0, "", false, null, no elements) take no room. */
final class FieldWriter {
  private byte[] bytes = new byte[64];
  private int size;

  FieldWriter number(int field, long value) {
    if (value != 0) {
      writeNumber(field, value);
    }
    return this;
  }

  FieldWriter flag(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  FieldWriter text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(UTF_8));
  }

  /** Writes so that a reader can tell null from the empty text. */
  FieldWriter optionalText(int field, @Nullable String value) {
    return value == null ? this : bytes(field, value.getBytes(UTF_8));
  }

  FieldWriter texts(int field, Collection<String> values) {
    values.forEach(value -> bytes(field, value.getBytes(UTF_8)));
    return this;
  }

  FieldWriter map(int field, Map<String, String> map) {
    map.forEach((key, value) -> message(field, new FieldWriter().text(1, key).text(2, value)));
    return this;
  }

  FieldWriter instant(int field, @Nullable Instant value) {
    return value == null ? this : message(field, seconds(value.getEpochSecond(), value.getNano()));
  }

  FieldWriter duration(int field, @Nullable Duration value) {
    return value == null ? this : message(field, seconds(value.getSeconds(), value.getNano()));
  }

  /** Writes so that a reader can tell null from a message without fields. */
  FieldWriter message(int field, @Nullable FieldWriter message) {
    return message == null ? this : bytes(field, message.toBytes());
  }

  <T> FieldWriter each(int field, Collection<T> values, Function<T, FieldWriter> writer) {
    values.forEach(value -> message(field, writer.apply(value)));
    return this;
  }

  FieldWriter bytes(int field, byte[] value) {
    writeVarint((long) field << 1 | 1);
    writeVarint(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private static FieldWriter seconds(long seconds, int nanos) {
    return new FieldWriter().number(1, seconds).number(2, nanos);
  }

  private void writeNumber(int field, long value) {
    writeVarint((long) field << 1);
    writeVarint(value << 1 ^ value >> 63);
  }

  private void writeVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
