package io.github.datasphere.emulator.session;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Visits every text of a message, at any depth, also within an Any; and may change each. */
public final class MessageTexts {
  private final Api api;

  public MessageTexts(Api api) {
    this.api = api;
  }

  /** Sees each text, and says what stands there instead. */
  public interface Visitor {
    /**
     * Says what stands for a text.
     *
     * @param parent the message, or the entry of a map, that has the field
     */
    String text(FieldDescriptor field, String value, Message parent);

    default ByteString bytes(FieldDescriptor field, ByteString value, Message parent) {
      return value;
    }

    /** Says what stands for bytes of which nothing is known. */
    default ByteString opaque(ByteString value) {
      return value;
    }

    default UnknownFieldSet unknown(UnknownFieldSet fields) {
      return fields;
    }
  }

  /** Returns the message with what the visitor says; the same one if that changes nothing. */
  @SuppressWarnings("ReferenceEquality") // another object is taken over, whatever it equals
  public Message visit(Message message, Visitor visitor) {
    if (message.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
      return visitAny(message, visitor);
    }
    var changed = new LinkedHashMap<FieldDescriptor, Object>();
    message.getAllFields().forEach((field, value) -> {
      var now = field.isRepeated()
          ? visitedAll(field, (List<?>) value, message, visitor)
          : visited(field, value, message, visitor);
      if (now != value) {
        changed.put(field, now);
      }
    });
    var unknown = message.getUnknownFields();
    var unknownNow = unknown.asMap().isEmpty() ? unknown : visitor.unknown(unknown);
    if (changed.isEmpty() && unknownNow == unknown) {
      return message;
    }
    var copy = message.toBuilder().setUnknownFields(unknownNow);
    changed.forEach(copy::setField);
    return copy.build();
  }

  @SuppressWarnings("ReferenceEquality") // another object is taken over, whatever it equals
  private Object visitedAll(
      FieldDescriptor field, List<?> values, Message parent, Visitor visitor) {
    var all = new ArrayList<Object>(values.size());
    boolean isSame = true;
    for (var value : values) {
      var now = visited(field, value, parent, visitor);
      isSame &= now == value;
      all.add(now);
    }
    return isSame ? values : all;
  }

  private Object visited(FieldDescriptor field, Object value, Message parent, Visitor visitor) {
    if (field.getJavaType() == JavaType.MESSAGE) {
      return visit((Message) value, visitor);
    }
    if (field.getJavaType() == JavaType.STRING) {
      return visitor.text(field, (String) value, parent);
    }
    return field.getJavaType() == JavaType.BYTE_STRING
        ? visitor.bytes(field, (ByteString) value, parent)
        : value;
  }

  private Message visitAny(Message message, Visitor visitor) {
    try {
      var any = Any.parseFrom(message.toByteString());
      var copy = any.toBuilder();
      copy.setValue(contentOf(any)
          .map(content -> visit(content, visitor).toByteString())
          .orElseGet(
              () -> any.getValue().isEmpty() ? any.getValue() : visitor.opaque(any.getValue())));
      if (!any.getUnknownFields().asMap().isEmpty()) {
        copy.setUnknownFields(visitor.unknown(any.getUnknownFields()));
      }
      return message.newBuilderForType().mergeFrom(copy.build().toByteString()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read back", e);
    }
  }

  private Optional<Message> contentOf(Any any) {
    var url = any.getTypeUrl();
    return api.type(url.substring(url.lastIndexOf('/') + 1)).flatMap(type -> {
      try {
        return Optional.of(DynamicMessage.parseFrom(type, any.getValue()));
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    });
  }
}
