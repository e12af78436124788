package io.github.datasphere.emulator.session;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells which fields of messages our protos do not know. */
public final class UnknownFields {
  private final MessageJson json;

  public UnknownFields(Api api) {
    this.json = new MessageJson(api);
  }

  /** Returns each message type with the number of a field, such as {@code jobs.Job field 17}. */
  public Set<String> of(Message message) {
    var found = new TreeSet<String>();
    collect(message, found);
    return found;
  }

  private void collect(Message message, Set<String> found) {
    var type = message.getDescriptorForType();
    message
        .getUnknownFields()
        .asMap()
        .keySet()
        .forEach(number -> found.add(type.getFullName() + " field " + number));
    if (WellKnown.isAny(type)) {
      collectWithin(message, found);
      return;
    }
    message.getAllFields().forEach((field, value) -> {
      if (field.getJavaType() == JavaType.MESSAGE) {
        var all = value instanceof Collection<?> items ? items : List.of(value);
        all.forEach(item -> collect((Message) item, found));
      }
    });
  }

  private void collectWithin(Message message, Set<String> found) {
    try {
      var any = Any.parseFrom(message.toByteString());
      var content = json.content(any);
      if (content.isPresent()) {
        collect(content.get(), found);
      } else if (!any.getTypeUrl().isEmpty()) {
        found.add("the type " + any.getTypeUrl());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read back", e);
    }
  }
}
