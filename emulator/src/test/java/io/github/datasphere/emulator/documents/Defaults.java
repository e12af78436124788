package io.github.datasphere.emulator.documents;

import io.github.datasphere.emulator.config.reading.ByteSize;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Values of a configuration as a user writes them. */
final class Defaults {
  private Defaults() {}

  private static final String NONE = "none";

  /** As code, or "none" for what is not there. */
  static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Defaults::text).orElse(NONE);
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? "`" + number.getAsInt() + "`" : NONE;
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? "`" + number.getAsLong() + "`" : NONE;
    }
    if (value instanceof Collection<?> many && many.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value.equals("")
        || value.equals(new ByteSize(0))) {
      return NONE;
    }
    return '`' + plain(value) + '`';
  }

  static List<String> names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Defaults::plain).toList();
  }

  private static String plain(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Duration duration) {
      return duration.toHours() % 24 == 0 && duration.toDays() > 1
          ? duration.toDays() + "d"
          : duration.toHours() + "h";
    }
    return value.toString();
  }
}
