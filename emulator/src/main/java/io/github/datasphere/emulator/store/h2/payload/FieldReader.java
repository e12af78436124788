package io.github.datasphere.emulator.store.h2.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all numbered fields that there are. The constructor throws {@link IllegalArgumentException}
 * if the bytes are not fields.
 */
final class FieldReader {
  private final byte[] bytes;
  private final List<Field> fields = new ArrayList<>();
  private int position;

  /** A number, or a range of bytes. */
  private record Field(int number, boolean isBytes, long value, int offset) {}

  FieldReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private FieldReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    while (position < to) {
      long key = readVarint(to);
      boolean isBytes = (key & 1) == 1;
      long value = readVarint(to);
      fields.add(new Field((int) (key >>> 1), isBytes, value, position));
      if (isBytes) {
        if (value < 0 || value > to - position) {
          throw new IllegalArgumentException("a field goes beyond the end");
        }
        position += (int) value;
      }
    }
  }

  long number(int number) {
    return last(number, false)
        .map(field -> field.value >>> 1 ^ -(field.value & 1))
        .orElse(0L);
  }

  int integer(int number) {
    return Math.toIntExact(number(number));
  }

  boolean flag(int number) {
    return number(number) != 0;
  }

  String text(int number) {
    return last(number, true).map(this::text).orElse("");
  }

  @Nullable
  String optionalText(int number) {
    return last(number, true).map(this::text).orElse(null);
  }

  List<String> texts(int number) {
    return all(number).map(this::text).toList();
  }

  Map<String, String> map(int number) {
    var map = new LinkedHashMap<String, String>();
    all(number).map(this::message).forEach(entry -> map.put(entry.text(1), entry.text(2)));
    return map;
  }

  @Nullable
  Instant instant(int number) {
    return message(number)
        .map(time -> Instant.ofEpochSecond(time.number(1), time.number(2)))
        .orElse(null);
  }

  @Nullable
  Duration duration(int number) {
    return message(number)
        .map(time -> Duration.ofSeconds(time.number(1), time.number(2)))
        .orElse(null);
  }

  Optional<FieldReader> message(int number) {
    return last(number, true).map(this::message);
  }

  <T> List<T> each(int number, Function<FieldReader, T> reader) {
    return all(number).map(this::message).map(reader).toList();
  }

  Optional<byte[]> bytes(int number) {
    return last(number, true)
        .map(field -> Arrays.copyOfRange(bytes, field.offset, field.offset + (int) field.value));
  }

  private Optional<Field> last(int number, boolean isBytes) {
    Field found = null;
    for (var field : fields) {
      if (field.number == number && field.isBytes == isBytes) {
        found = field;
      }
    }
    return Optional.ofNullable(found);
  }

  private Stream<Field> all(int number) {
    return fields.stream().filter(field -> field.number == number && field.isBytes);
  }

  private String text(Field field) {
    return new String(bytes, field.offset, (int) field.value, UTF_8);
  }

  private FieldReader message(Field field) {
    return new FieldReader(bytes, field.offset, field.offset + (int) field.value);
  }

  private long readVarint(int to) {
    long value = 0;
    for (int shift = 0; shift < 64 && position < to; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has no end");
  }
}
