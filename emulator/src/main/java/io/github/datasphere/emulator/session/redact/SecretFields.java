package io.github.datasphere.emulator.session.redact;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.proto.jobs.PipOptions;
import io.github.datasphere.proto.jobs.ProjectJobServiceOuterClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in messages before they can be read: all fields that the protos mark with
 * {@code debug_redact}, at any depth, also in messages that an operation wraps. Safe for several
 * threads if the substitute is.
 */
public final class SecretFields {
  /** Stands for a secret where none has to be told from another. */
  public static final String MASK = "***";

  /** The only secret part of a package index. */
  private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/]*(?=@)");

  /** The same for messages from outside the API, as they are met. */
  private final Map<Descriptor, List<FieldDescriptor>> others = new ConcurrentHashMap<>();

  private final UnaryOperator<String> substitute;

  /** Makes one that writes {@link #MASK} for each secret. */
  public SecretFields() {
    this(secret -> MASK);
  }

  /** @param substitute says what is written for a secret */
  public SecretFields(UnaryOperator<String> substitute) {
    this.substitute = substitute;
  }

  /** Replaces the secrets; returns the same message if there is none in it. */
  public Message masked(Message message) {
    var type = message.getDescriptorForType();
    if (isAny(type)) {
      return maskedWithin(message);
    }
    Message.@Nullable Builder copy = null;
    for (var field : paths(type)) {
      int count = field.isRepeated()
          ? message.getRepeatedFieldCount(field)
          : message.hasField(field) ? 1 : 0;
      for (int i = 0; i < count; i++) {
        var value = valueOf(message, field, i);
        var shown = shown(field, value);
        if (!shown.equals(value)) {
          copy = copy == null ? message.toBuilder() : copy;
          put(copy, field, i, shown);
        }
      }
    }
    return copy == null ? message : copy.build();
  }

  /**
   * Masks the message within. An unknown type is not one of the API's, so it has no secret of the
   * API.
   */
  private Message maskedWithin(Message any) {
    try {
      var content = any instanceof Any ours ? ours : Any.parseFrom(any.toByteString());
      var url = content.getTypeUrl();
      var type = typeOf(url.substring(url.lastIndexOf('/') + 1));
      if (type.isEmpty() || paths(type.get()).isEmpty()) {
        return any;
      }
      var inner = DynamicMessage.parseFrom(type.get(), content.getValue());
      var shown = masked(inner).toByteString();
      return shown.equals(content.getValue())
          ? any
          : any.newBuilderForType()
              .mergeFrom(content.toBuilder().setValue(shown).build().toByteString())
              .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer of ours wraps what cannot be read", e);
    }
  }

  private Object shown(FieldDescriptor field, Object value) {
    if (!field.getOptions().getDebugRedact()) {
      return masked((Message) value);
    }
    if (field.getJavaType() != JavaType.STRING) {
      return ByteString.copyFromUtf8(substitute.apply(((ByteString) value).toStringUtf8()));
    }
    var text = (String) value;
    if (field.getContainingType().equals(PipOptions.getDescriptor())) {
      return LOGIN
          .matcher(text)
          .replaceAll(login -> Matcher.quoteReplacement(substitute.apply(login.group())));
    }
    return text.isEmpty() ? text : substitute.apply(text);
  }

  private static Object valueOf(Message message, FieldDescriptor field, int index) {
    return field.isRepeated() ? message.getRepeatedField(field, index) : message.getField(field);
  }

  private static void put(Message.Builder copy, FieldDescriptor field, int index, Object value) {
    if (field.isRepeated()) {
      copy.setRepeatedField(field, index, value);
    } else {
      copy.setField(field, value);
    }
  }

  /** Fields that are secret or lead to a secret one. */
  private List<FieldDescriptor> paths(Descriptor type) {
    var known = Api.PATHS.get(type);
    return known != null
        ? known
        : others.computeIfAbsent(type, one -> paths(one.getFile()).getOrDefault(one, List.of()));
  }

  /** For each message of a file and of the files that it imports, its fields of that kind. */
  private static Map<Descriptor, List<FieldDescriptor>> paths(FileDescriptor file) {
    var types = new HashSet<Descriptor>();
    addTypes(file, new HashSet<>(), types);
    var leading = new HashSet<Descriptor>();
    while (leading.addAll(types.stream()
        .filter(type -> type.getFields().stream().anyMatch(field -> leads(field, leading)))
        .toList())) {
      // once more, for the messages that hold those found now
    }
    var paths = new HashMap<Descriptor, List<FieldDescriptor>>();
    for (var type : types) {
      paths.put(
          type, type.getFields().stream().filter(field -> leads(field, leading)).toList());
    }
    return Map.copyOf(paths);
  }

  private static boolean leads(FieldDescriptor field, Set<Descriptor> leading) {
    return field.getOptions().getDebugRedact()
        || (field.getJavaType() == JavaType.MESSAGE
            && (isAny(field.getMessageType()) || leading.contains(field.getMessageType())));
  }

  private static void addTypes(FileDescriptor file, Set<FileDescriptor> seen, Set<Descriptor> to) {
    if (seen.add(file)) {
      addTypes(file.getMessageTypes(), to);
      file.getDependencies().forEach(imported -> addTypes(imported, seen, to));
    }
  }

  private static void addTypes(List<Descriptor> types, Set<Descriptor> to) {
    for (var type : types) {
      to.add(type);
      addTypes(type.getNestedTypes(), to);
    }
  }

  private static boolean isAny(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Any");
  }

  /**
   * Finds a type. Operations wrap messages of the jobs' service and of the files that it imports.
   */
  private static Optional<Descriptor> typeOf(String name) {
    return typeOf(name, ProjectJobServiceOuterClass.getDescriptor());
  }

  private static Optional<Descriptor> typeOf(String name, FileDescriptor file) {
    int dot = name.lastIndexOf('.');
    if (file.getPackage().equals(name.substring(0, Math.max(0, dot)))) {
      var found = file.findMessageTypeByName(name.substring(dot + 1));
      if (found != null) {
        return Optional.of(found);
      }
    }
    for (var imported : file.getDependencies()) {
      if (imported.getPackage().startsWith("yandex.")) {
        var found = typeOf(name, imported);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Found once for all test doubles of a JVM, of which each has masks of its own. */
  private static final class Api {
    static final Map<Descriptor, List<FieldDescriptor>> PATHS =
        paths(ProjectJobServiceOuterClass.getDescriptor());
  }
}
