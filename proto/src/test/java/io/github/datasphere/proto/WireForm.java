package io.github.datasphere.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that is seen on the wire, in JSON or by reflection, as text by full name. */
final class WireForm {

  private final Map<String, String> parts = new TreeMap<>();

  private WireForm() {}

  static WireForm of(Collection<FileDescriptor> files) {
    var form = new WireForm();
    for (var file : files) {
      form.parts.put(file.getFullName(), "file of package " + file.getPackage());
      file.getMessageTypes().forEach(form::add);
      file.getEnumTypes().forEach(form::add);
      file.getServices().forEach(form::add);
    }
    return form;
  }

  /** What differs, each with its full name and both sides; empty if nothing does. */
  List<String> differencesFrom(WireForm official) {
    var names = new TreeSet<>(parts.keySet());
    names.addAll(official.parts.keySet());
    var differences = new ArrayList<String>();
    for (var name : names) {
      var ours = parts.get(name);
      var theirs = official.parts.get(name);
      if (ours == null) {
        differences.add(name + " is missing: " + theirs);
      } else if (theirs == null) {
        differences.add(name + " does not exist officially: " + ours);
      } else if (!ours.equals(theirs)) {
        differences.add(name + " differs: ours is " + ours + ", officially it is " + theirs);
      }
    }
    return differences;
  }

  private void add(Descriptor message) {
    parts.put(
        message.getFullName(),
        (message.getOptions().getMapEntry() ? "map entry" : "message") + " in "
            + message.getFile().getFullName());
    message.getFields().forEach(this::add);
    message.getOneofs().forEach(oneof -> parts.put(oneof.getFullName(), "oneof"));
    message.getNestedTypes().forEach(this::add);
    message.getEnumTypes().forEach(this::add);
  }

  private void add(FieldDescriptor field) {
    var oneof = field.getRealContainingOneof();
    parts.put(
        field.getFullName(),
        String.join(
            " ",
            "field " + field.getNumber(),
            field.isMapField()
                ? "map"
                : field.isRepeated() ? "repeated" : field.isRequired() ? "required" : "singular",
            type(field),
            "json " + field.getJsonName(),
            oneof == null ? "in no oneof" : "in oneof " + oneof.getName(),
            field.hasPresence() ? "with presence" : "without presence",
            field.isPacked() ? "packed" : "not packed"));
  }

  private void add(EnumDescriptor type) {
    parts.put(type.getFullName(), "enum in " + type.getFile().getFullName());
    // Values are siblings of their enum in protobuf's naming: add the enum's own name.
    type.getValues()
        .forEach(value ->
            parts.put(type.getFullName() + "." + value.getName(), "value " + value.getNumber()));
  }

  private void add(ServiceDescriptor service) {
    parts.put(service.getFullName(), "service in " + service.getFile().getFullName());
    service.getMethods().forEach(this::add);
  }

  private void add(MethodDescriptor method) {
    parts.put(
        method.getFullName(),
        "rpc (%s%s) returns (%s%s)"
            .formatted(
                method.isClientStreaming() ? "stream " : "",
                method.getInputType().getFullName(),
                method.isServerStreaming() ? "stream " : "",
                method.getOutputType().getFullName()));
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
        field.getType().name().toLowerCase(Locale.ROOT);
    };
  }
}
