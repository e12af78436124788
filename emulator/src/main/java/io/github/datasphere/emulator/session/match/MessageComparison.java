package io.github.datasphere.emulator.session.match;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.IdFields;
import io.github.datasphere.emulator.session.MessageJson;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.match.Volatile.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Compares messages field by field, also what they wrap. */
public final class MessageComparison {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\*\\*\\*([a-z-]+-\\d+\\*\\*\\*)?");
  private static final String ABSENT = "(absent)";
  private static final String FILE = "yandex.cloud.datasphere.v2.jobs.File";
  private static final Set<String> OF_ONE_ARCHIVE = Set.of("sha256", "size_bytes");

  private final MessageJson json;
  private final Volatile rules;
  private final Starts starts;

  /** When both sessions began: times are compared by their distance from that. */
  public record Starts(Instant recorded, Instant actual) {}

  public MessageComparison(Api api, Volatile rules, Starts starts) {
    this.json = new MessageJson(api);
    this.rules = rules;
    this.starts = starts;
  }

  /**
   * Compares two messages of one type.
   *
   * @param ids binds ids, and says whether two may stand for each other
   */
  public void compare(
      String path,
      Message recorded,
      Message actual,
      Bindings ids,
      Consumer<Difference> differences) {
    new Walk(ids, ids::bind, differences).compare(path, recorded, actual);
  }

  /** Compares as {@link #compare} does; {@code binder} decides which ids may be bound. */
  public void compare(
      String path,
      Message recorded,
      Message actual,
      Bindings ids,
      BiPredicate<String, String> binder,
      Consumer<Difference> differences) {
    new Walk(ids, binder, differences).compare(path, recorded, actual);
  }

  private final class Walk {
    private final Bindings ids;
    private final BiPredicate<String, String> binder;
    private final Consumer<Difference> differences;

    Walk(Bindings ids, BiPredicate<String, String> binder, Consumer<Difference> differences) {
      this.ids = ids;
      this.binder = binder;
      this.differences = differences;
    }

    void compare(String path, Message recorded, Message actual) {
      var type = recorded.getDescriptorForType();
      if (type.getFullName().equals("google.protobuf.Any")) {
        compareAny(path, recorded, actual);
        return;
      }
      boolean areArchives = isArchive(recorded) && isArchive(actual);
      if (areArchives) {
        compareArchives(path, textOf(recorded, "sha256"), textOf(actual, "sha256"));
      }
      for (var field : type.getFields()) {
        if (areArchives && OF_ONE_ARCHIVE.contains(field.getName())) {
          continue;
        }
        var other = actual.getDescriptorForType().findFieldByNumber(field.getNumber());
        var at = path + "." + field.getName();
        if (rules.is(Kind.IGNORED, field.getFullName(), at)) {
          continue;
        }
        if (field.isMapField()) {
          compareMaps(at, field, entries(recorded, field), entries(actual, other));
        } else if (field.isRepeated()) {
          compareLists(at, field, recorded, actual, other);
        } else {
          compareOne(at, field, one(recorded, field), one(actual, other));
        }
      }
      compareUnknown(path, recorded, actual);
    }

    /** One stands for the other: their files are compared when they are moved. */
    private void compareArchives(String path, String recorded, String actual) {
      boolean isThere = !recorded.isEmpty();
      if (isThere == actual.isEmpty() || (isThere && !ids.bind(recorded, actual))) {
        differ(path + ".sha256", quoted(recorded), quoted(actual));
      }
    }

    private Optional<Object> one(Message message, FieldDescriptor field) {
      return field.hasPresence() && !message.hasField(field)
          ? Optional.empty()
          : Optional.of(message.getField(field));
    }

    private void compareOne(
        String path, FieldDescriptor field, Optional<Object> recorded, Optional<Object> actual) {
      if (recorded.isEmpty() || actual.isEmpty()) {
        if (recorded.isPresent() != actual.isPresent()) {
          differ(path, shown(recorded), shown(actual));
        }
        return;
      }
      compareValues(path, field, recorded.get(), actual.get());
    }

    private void compareLists(
        String path, FieldDescriptor field, Message recorded, Message actual, FieldDescriptor of) {
      int count = recorded.getRepeatedFieldCount(field);
      int now = actual.getRepeatedFieldCount(of);
      if (count != now) {
        differ(path + ".size", String.valueOf(count), String.valueOf(now));
      }
      for (int i = 0; i < Math.min(count, now); i++) {
        compareValues(
            path + "[" + i + "]",
            field,
            recorded.getRepeatedField(field, i),
            actual.getRepeatedField(of, i));
      }
    }

    private void compareMaps(
        String path,
        FieldDescriptor field,
        Map<String, Object> recorded,
        Map<String, Object> actual) {
      var keys = new TreeSet<>(recorded.keySet());
      keys.addAll(actual.keySet());
      var value = field.getMessageType().findFieldByNumber(2);
      keys.forEach(key -> compareOne(
          path + "[" + key + "]",
          value,
          Optional.ofNullable(recorded.get(key)),
          Optional.ofNullable(actual.get(key))));
    }

    private Map<String, Object> entries(Message message, FieldDescriptor field) {
      var all = new TreeMap<String, Object>();
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        var entry = (Message) message.getRepeatedField(field, i);
        var type = entry.getDescriptorForType();
        all.put(
            String.valueOf(entry.getField(type.findFieldByNumber(1))),
            entry.getField(type.findFieldByNumber(2)));
      }
      return all;
    }

    private void compareValues(String path, FieldDescriptor field, Object recorded, Object actual) {
      if (rules.is(Kind.ANY, field.getFullName(), path)) {
        boolean isThere = !recorded.toString().isEmpty();
        if (isThere == actual.toString().isEmpty()) {
          differ(path, String.valueOf(recorded), String.valueOf(actual));
        } else if (isThere && (field.getName().equals("url") || field.getName().equals("path"))) {
          // What names a file comes again, as the client's own temporary files do in answers
          ids.bind(recorded.toString(), actual.toString());
        }
      } else if (field.getJavaType() == JavaType.MESSAGE) {
        compareMessages(path, (Message) recorded, (Message) actual);
      } else if (field.getJavaType() == JavaType.STRING) {
        compareTexts(path, field, (String) recorded, (String) actual);
      } else if (!recorded.toString().equals(actual.toString())
          && !(field.getJavaType() == JavaType.BYTE_STRING && recorded.equals(actual))) {
        differ(path, shown(Optional.of(recorded)), shown(Optional.of(actual)));
      }
    }

    private void compareMessages(String path, Message recorded, Message actual) {
      if (!recorded.getDescriptorForType().getFullName().equals("google.protobuf.Timestamp")) {
        compare(path, recorded, actual);
        return;
      }
      var then = Duration.between(starts.recorded(), time(recorded));
      var now = Duration.between(starts.actual(), time(actual));
      if (then.minus(now).abs().compareTo(rules.bounds()) > 0) {
        differ(path, "after " + seconds(then), "after " + seconds(now));
      }
    }

    private void compareTexts(String path, FieldDescriptor field, String recorded, String actual) {
      if (recorded.equals(actual) && !ids.isBound(recorded) && !IdFields.isOne(field)) {
        return;
      }
      if (IdFields.isOne(field) && !recorded.isEmpty() && !actual.isEmpty()) {
        if (!binder.test(recorded, actual)) {
          differ(path, quoted(recorded), quoted(actual));
        }
        return;
      }
      if (!isSame(ids.toLive(recorded), actual)) {
        differ(path, quoted(recorded), quoted(actual));
      }
    }

    private void compareAny(String path, Message recorded, Message actual) {
      var then = content(recorded);
      var now = content(actual);
      if (then.isPresent()
          && now.isPresent()
          && then.get().getDescriptorForType().equals(now.get().getDescriptorForType())) {
        compareMessages(path, then.get(), now.get());
      } else if (!recorded.toByteString().equals(actual.toByteString())) {
        differ(path, shown(Optional.of(recorded)), shown(Optional.of(actual)));
      }
    }

    private void compareUnknown(String path, Message recorded, Message actual) {
      var all = new TreeSet<>(recorded.getUnknownFields().asMap().keySet());
      all.addAll(actual.getUnknownFields().asMap().keySet());
      for (var number : all) {
        boolean then = recorded.getUnknownFields().hasField(number);
        boolean now = actual.getUnknownFields().hasField(number);
        if (then != now) {
          differ(
              path + ".(field " + number + ")",
              then ? "(there)" : ABSENT,
              now ? "(there)" : ABSENT);
        }
      }
    }

    private void differ(String path, String recorded, String actual) {
      differences.accept(new Difference(path, recorded, actual));
    }
  }

  /** Whether this is a file that holds a folder: its bytes depend on who packs it, and when. */
  private static boolean isArchive(Message message) {
    return message.getDescriptorForType().getFullName().equals(FILE)
        && textOf(message, "compression_type").equals("ZIP");
  }

  private static String textOf(Message message, String field) {
    return String.valueOf(message.getField(message.getDescriptorForType().findFieldByName(field)));
  }

  /** Whether a text is the recorded one, whose placeholders may stand for anything. */
  public static boolean isSame(String recorded, String actual) {
    if (recorded.equals(actual)) {
      return true;
    }
    if (!recorded.contains("***")) {
      return false;
    }
    var pattern = new StringBuilder();
    var matcher = PLACEHOLDER.matcher(recorded);
    int from = 0;
    while (matcher.find()) {
      pattern.append(Pattern.quote(recorded.substring(from, matcher.start()))).append(".*");
      from = matcher.end();
    }
    pattern.append(Pattern.quote(recorded.substring(from)));
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual).matches();
  }

  private Optional<Message> content(Message message) {
    try {
      return json.content(Any.parseFrom(message.toByteString())).map(Message.class::cast);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private String shown(Optional<Object> value) {
    if (value.isEmpty()) {
      return ABSENT;
    }
    var text = value.get() instanceof Message message
        ? SessionJson.write(json.toJson(message))
        : value.get() instanceof ByteString bytes && bytes.isValidUtf8()
            ? '"' + bytes.toStringUtf8() + '"'
            : String.valueOf(value.get());
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 200 ? text.substring(0, 200) + "..." : text) + '"';
  }

  private static Instant time(Message timestamp) {
    try {
      var time = Timestamp.parseFrom(timestamp.toByteString());
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a time cannot be read back", e);
    }
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
