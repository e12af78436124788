package io.github.datasphere.emulator.session;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes messages as protobuf's JSON, and loses nothing: what the JSON of protobuf has no place for
 * is kept, too (unknown fields as {@code @unknown}, an Any of an unknown type as {@code @value},
 * both base64). {@link MessageParser} reads it back.
 *
 * <p>Struct and FieldMask, which no call of jobs carries, are written as the messages they are.
 */
public final class MessageJson {
  static final String TYPE = "@type";
  static final String VALUE = "@value";
  static final String UNKNOWN = "@unknown";
  static final String ANY_UNKNOWN = "@any-unknown";

  private final Api api;
  private final Names names;

  /** How fields are called. The parser takes both. */
  public enum Names {
    /** As in the proto, such as {@code job_id}: in recordings. */
    PROTO,
    /** In lower camel case, such as {@code jobId}: on the HTTP face. */
    CAMEL;

    String of(FieldDescriptor field) {
      return switch (this) {
        case PROTO -> field.getName();
        case CAMEL -> field.getJsonName();
      };
    }
  }

  /** Makes one that writes the names of the proto. */
  public MessageJson(Api api) {
    this(api, Names.PROTO);
  }

  public MessageJson(Api api, Names names) {
    this.api = api;
    this.names = names;
  }

  /** Returns the message as JSON. */
  public Map<String, Object> toJson(Message message) {
    var fields = new LinkedHashMap<String, Object>();
    for (var field : message.getDescriptorForType().getFields()) {
      if (field.isMapField()) {
        var entries = entries((Collection<?>) message.getField(field), field);
        if (!entries.isEmpty()) {
          fields.put(names.of(field), entries);
        }
      } else if (field.isRepeated()) {
        var items = items((Collection<?>) message.getField(field), field);
        if (!items.isEmpty()) {
          fields.put(names.of(field), items);
        }
      } else if (message.hasField(field)) {
        fields.put(names.of(field), value(field, message.getField(field)));
      }
    }
    return withUnknown(message, fields);
  }

  private static Map<String, Object> withUnknown(Message message, Map<String, Object> fields) {
    var unknown = message.getUnknownFields();
    if (!unknown.asMap().isEmpty()) {
      fields.put(UNKNOWN, base64(unknown.toByteString()));
    }
    return fields;
  }

  private Map<String, Object> entries(Collection<?> entries, FieldDescriptor field) {
    var sorted = new TreeMap<String, Object>();
    var type = field.getMessageType();
    for (var entry : entries) {
      if (entry instanceof MapEntry<?, ?> known) {
        sorted.put(
            String.valueOf(known.getKey()), value(type.findFieldByNumber(2), known.getValue()));
      } else if (entry instanceof Message dynamic) {
        sorted.put(
            String.valueOf(dynamic.getField(type.findFieldByNumber(1))),
            value(type.findFieldByNumber(2), dynamic.getField(type.findFieldByNumber(2))));
      }
    }
    return sorted;
  }

  private List<Object> items(Collection<?> items, FieldDescriptor field) {
    var all = new ArrayList<>();
    items.forEach(item -> all.add(value(field, item)));
    return all;
  }

  private Object value(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case BOOL -> value;
      case STRING -> value;
      case BYTES -> base64((ByteString) value);
      case ENUM -> name((EnumValueDescriptor) value);
      case MESSAGE, GROUP -> nested((Message) value);
      case INT64, UINT64, SINT64, FIXED64, SFIXED64 ->
        field.getType() == FieldDescriptor.Type.UINT64
                || field.getType() == FieldDescriptor.Type.FIXED64
            ? Long.toUnsignedString((Long) value)
            : value.toString();
      case UINT32, FIXED32 -> new SessionJson.Literal(Integer.toUnsignedString((Integer) value));
      case INT32, SINT32, SFIXED32 -> new SessionJson.Literal(value.toString());
      case FLOAT, DOUBLE -> number(value.toString());
    };
  }

  /** Returns a number; what is none, such as NaN, as text. */
  private static Object number(String digits) {
    return Character.isDigit(digits.charAt(digits.length() - 1))
        ? new SessionJson.Literal(digits)
        : digits;
  }

  private static Object name(EnumValueDescriptor value) {
    return value.getType().findValueByName(value.getName()) == null
        ? SessionJson.Literal.of(value.getNumber())
        : value.getName();
  }

  private Object nested(Message message) {
    var type = message.getDescriptorForType();
    if (WellKnown.isAny(type)) {
      return any(message);
    }
    if (message.getUnknownFields().asMap().isEmpty()) {
      var brief = WellKnown.text(message);
      if (brief.isPresent()) {
        return brief.get();
      }
      if (WellKnown.isWrapper(type)) {
        var field = type.findFieldByNumber(1);
        return value(field, message.getField(field));
      }
    }
    return toJson(message);
  }

  private Object any(Message message) {
    try {
      var any = Any.parseFrom(message.toByteString());
      var fields = new LinkedHashMap<String, Object>();
      if (any.getTypeUrl().isEmpty() && any.getValue().isEmpty()) {
        return withUnknown(message, fields);
      }
      fields.put(TYPE, any.getTypeUrl());
      var inner = content(any);
      if (inner.isEmpty()) {
        fields.put(VALUE, base64(any.getValue()));
      } else if (nested(inner.get()) instanceof Map<?, ?> known && !known.containsKey(TYPE)) {
        known.forEach((name, value) -> fields.put(String.valueOf(name), value));
      } else {
        fields.put("value", nested(inner.get()));
      }
      return inner.isEmpty() ? withUnknown(message, fields) : outerUnknown(message, fields);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read back", e);
    }
  }

  /** An Any's own unknown fields; those of its content stand under {@code @unknown} already. */
  private static Map<String, Object> outerUnknown(Message any, Map<String, Object> fields) {
    var unknown = any.getUnknownFields();
    if (!unknown.asMap().isEmpty()) {
      fields.put(ANY_UNKNOWN, base64(unknown.toByteString()));
    }
    return fields;
  }

  /** Returns what an Any holds; empty if its type is unknown, or the content is not of it. */
  public Optional<DynamicMessage> content(Any any) {
    var type = typeOf(any.getTypeUrl());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DynamicMessage.parseFrom(type.get(), any.getValue()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Returns the type of a type URL such as {@code type.googleapis.com/google.rpc.Status}. */
  Optional<Descriptor> typeOf(String url) {
    return url.indexOf('/') < 0
        ? Optional.empty()
        : api.type(url.substring(url.lastIndexOf('/') + 1));
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
