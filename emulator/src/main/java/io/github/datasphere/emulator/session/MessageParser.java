package io.github.datasphere.emulator.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link MessageJson} writes. */
public final class MessageParser {
  private final MessageJson json;

  public MessageParser(Api api) {
    this.json = new MessageJson(api);
  }

  /**
   * Fills the builder.
   *
   * @throws SessionException if the JSON is not of this message; the text names the field
   */
  public Message parse(Map<String, Object> fields, Message.Builder builder) {
    fill(fields, builder);
    return builder.build();
  }

  private void fill(Map<String, Object> fields, Message.Builder builder) {
    var type = builder.getDescriptorForType();
    fields.forEach((name, value) -> {
      if (name.equals(MessageJson.UNKNOWN)) {
        builder.setUnknownFields(unknown(value, name));
        return;
      }
      var field = field(type, name);
      if (field == null) {
        throw new FieldException(name, "is no field of " + type.getName(), null);
      }
      fillField(field, value, builder);
    });
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    var field = type.findFieldByName(name);
    if (field != null || name.startsWith("@")) {
      return field;
    }
    return type.getFields().stream()
        .filter(other -> other.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void fillField(FieldDescriptor field, Object value, Message.Builder builder) {
    if (field.isMapField()) {
      SessionJson.object(value, field.getName()).forEach((key, content) -> {
        var entry = builder.newBuilderForField(field);
        var of = entry.getDescriptorForType();
        entry.setField(of.findFieldByNumber(1), key(of.findFieldByNumber(1), key));
        entry.setField(of.findFieldByNumber(2), value(of.findFieldByNumber(2), content, entry));
        builder.addRepeatedField(field, entry.build());
      });
    } else if (field.isRepeated()) {
      SessionJson.list(value, field.getName())
          .forEach(item -> builder.addRepeatedField(field, value(field, item, builder)));
    } else {
      builder.setField(field, value(field, value, builder));
    }
  }

  private Object key(FieldDescriptor field, String key) {
    return switch (field.getJavaType()) {
      case BOOLEAN -> Boolean.valueOf(key);
      case INT, LONG -> integer(field, key);
      case STRING, BYTE_STRING, ENUM, MESSAGE, FLOAT, DOUBLE -> key;
    };
  }

  private Object value(FieldDescriptor field, Object value, Message.Builder parent) {
    try {
      return switch (field.getJavaType()) {
        case BOOLEAN -> (Boolean) value;
        case STRING -> (String) value;
        case BYTE_STRING -> bytes(value);
        case ENUM -> constant(field, value);
        case MESSAGE -> nested(parent.newBuilderForField(field), value);
        case INT, LONG -> integer(field, value.toString());
        case FLOAT -> Float.valueOf(value.toString());
        case DOUBLE -> Double.valueOf(value.toString());
      };
    } catch (ClassCastException | IllegalArgumentException e) {
      throw new FieldException(field.getName(), "cannot be " + SessionJson.write(value), e);
    }
  }

  private static Object integer(FieldDescriptor field, String digits) {
    var type = field.getType();
    if (field.getJavaType() == JavaType.LONG) {
      return type == FieldDescriptor.Type.UINT64 || type == FieldDescriptor.Type.FIXED64
          ? (Object) Long.parseUnsignedLong(digits)
          : Long.valueOf(digits);
    }
    return type == FieldDescriptor.Type.UINT32 || type == FieldDescriptor.Type.FIXED32
        ? (Object) Integer.parseUnsignedInt(digits)
        : Integer.valueOf(digits);
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, Object value) {
    if (value instanceof SessionJson.Literal number) {
      return field
          .getEnumType()
          .findValueByNumberCreatingIfUnknown(Integer.parseInt(number.digits()));
    }
    var constant = field.getEnumType().findValueByName((String) value);
    if (constant == null) {
      throw new IllegalArgumentException("no such constant");
    }
    return constant;
  }

  private Message nested(Message.Builder builder, Object value) {
    var type = builder.getDescriptorForType();
    if (WellKnown.isAny(type)) {
      return any(builder, SessionJson.object(value, "an Any"));
    }
    if (WellKnown.isTime(type) && value instanceof String text) {
      WellKnown.set(builder, text);
    } else if (WellKnown.isWrapper(type) && !(value instanceof Map<?, ?>)) {
      fillField(type.findFieldByNumber(1), value, builder);
    } else {
      fill(SessionJson.object(value, type.getName()), builder);
    }
    return builder.build();
  }

  private Message any(Message.Builder builder, Map<String, Object> fields) {
    var content = new LinkedHashMap<>(fields);
    var url = content.remove(MessageJson.TYPE);
    var type = builder.getDescriptorForType();
    var outer = content.remove(MessageJson.ANY_UNKNOWN);
    if (outer != null) {
      builder.setUnknownFields(unknown(outer, MessageJson.ANY_UNKNOWN));
    }
    if (url == null) {
      fill(content, builder);
      return builder.build();
    }
    builder.setField(type.findFieldByNumber(1), url);
    var value = content.remove(MessageJson.VALUE);
    if (value != null) {
      builder.setField(type.findFieldByNumber(2), bytes(value));
      fill(content, builder);
    } else {
      var known = json.typeOf((String) url)
          .orElseThrow(
              () -> new FieldException(MessageJson.TYPE, "is of no known type: " + url, null));
      builder.setField(type.findFieldByNumber(2), packed(known, content));
    }
    return builder.build();
  }

  private ByteString packed(Descriptor type, Map<String, Object> content) {
    var builder = DynamicMessage.newBuilder(type);
    var alone = content.keySet().equals(Set.of("value")) ? content.get("value") : null;
    boolean isBrief =
        (WellKnown.isTime(type) || WellKnown.isWrapper(type)) && !(alone instanceof Map<?, ?>);
    return alone != null && (isBrief || WellKnown.isAny(type))
        ? nested(builder, alone).toByteString()
        : nested(builder, content).toByteString();
  }

  private static ByteString bytes(Object value) {
    var text = (String) value;
    var decoder = text.indexOf('-') >= 0 || text.indexOf('_') >= 0
        ? Base64.getUrlDecoder()
        : Base64.getDecoder();
    return ByteString.copyFrom(decoder.decode(text));
  }

  private static UnknownFieldSet unknown(Object value, String name) {
    try {
      return UnknownFieldSet.parseFrom(bytes(value));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new FieldException(name, "holds no fields", e);
    }
  }
}
