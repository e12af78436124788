package io.github.datasphere.proto;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.github.datasphere.proto.access.Access;
import io.github.datasphere.proto.datasphere.ProjectOuterClass;
import io.github.datasphere.proto.datasphere.ProjectServiceOuterClass;
import io.github.datasphere.proto.datasphere.ResourceTypes;
import io.github.datasphere.proto.datasphere.Restrictions;
import io.github.datasphere.proto.endpoint.ApiEndpointOuterClass;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceOuterClass;
import io.github.datasphere.proto.iam.IamTokenServiceOuterClass;
import io.github.datasphere.proto.jobs.Jobs;
import io.github.datasphere.proto.jobs.ProjectJobServiceOuterClass;
import io.github.datasphere.proto.operation.OperationOuterClass;
import io.github.datasphere.proto.operation.OperationServiceOuterClass;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import yandex.cloud.api.datasphere.v2.DsResourceTypes;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS;

/** The files of the API, as each of the two sets of generated classes describes them. */
final class ApiFiles {

  /** Options only: nothing of these files travels in a message of the API. */
  private static final List<String> ANNOTATIONS =
      List.of("yandex/cloud/validation.proto", "yandex/cloud/api/");

  private ApiFiles() {}

  static List<FileDescriptor> ours() {
    return List.of(
        Jobs.getDescriptor(),
        ProjectJobServiceOuterClass.getDescriptor(),
        ProjectOuterClass.getDescriptor(),
        ProjectServiceOuterClass.getDescriptor(),
        ResourceTypes.getDescriptor(),
        Restrictions.getDescriptor(),
        OperationOuterClass.getDescriptor(),
        OperationServiceOuterClass.getDescriptor(),
        IamTokenServiceOuterClass.getDescriptor(),
        ApiEndpointOuterClass.getDescriptor(),
        ApiEndpointServiceOuterClass.getDescriptor(),
        Access.getDescriptor());
  }

  static List<FileDescriptor> theirs() {
    return theirClasses().stream().map(ApiFiles::descriptorOf).toList();
  }

  /** These files and all that they import, by name: what a message of the API can hold. */
  static Map<String, FileDescriptor> closure(List<FileDescriptor> files) {
    var found = new TreeMap<String, FileDescriptor>();
    files.forEach(file -> collect(file, found));
    return found;
  }

  /** An empty instance of each of our message classes, by the message's full name. */
  static Map<String, Message> ourMessages() {
    var found = new TreeMap<String, Message>();
    for (var file : ours()) {
      for (var message : file.getMessageTypes()) {
        collect(classNamed(file.getOptions().getJavaPackage() + "." + message.getName()), found);
      }
    }
    return found;
  }

  /** An empty instance of each official message class, by the message's full name. */
  static Map<String, Message> theirMessages() {
    var found = new TreeMap<String, Message>();
    for (var outer : theirClasses()) {
      for (var nested : outer.getDeclaredClasses()) {
        collect(nested, found);
      }
    }
    return found;
  }

  private static List<Class<?>> theirClasses() {
    return List.of(
        yandex.cloud.api.datasphere.v2.jobs.Jobs.class,
        DSPJS.class,
        yandex.cloud.api.datasphere.v2.ProjectOuterClass.class,
        yandex.cloud.api.datasphere.v2.ProjectServiceOuterClass.class,
        DsResourceTypes.class,
        yandex.cloud.api.datasphere.v2.Restrictions.class,
        yandex.cloud.api.operation.OperationOuterClass.class,
        yandex.cloud.api.operation.OperationServiceOuterClass.class,
        yandex.cloud.api.iam.v1.IamTokenServiceOuterClass.class,
        yandex.cloud.api.endpoint.ApiEndpointOuterClass.class,
        yandex.cloud.api.endpoint.ApiEndpointServiceOuterClass.class,
        yandex.cloud.api.access.Access.class);
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
    var name = file.getFullName();
    var partOfTheApi =
        name.startsWith("yandex/") && ANNOTATIONS.stream().noneMatch(name::startsWith);
    if (partOfTheApi && found.put(name, file) == null) {
      file.getDependencies().forEach(imported -> collect(imported, found));
    }
  }

  private static void collect(Class<?> type, Map<String, Message> found) {
    if (Message.class.isAssignableFrom(type)) {
      var empty = (Message) Internal.getDefaultInstance(type.asSubclass(MessageLite.class));
      found.put(empty.getDescriptorForType().getFullName(), empty);
      for (var nested : type.getDeclaredClasses()) {
        collect(nested, found);
      }
    }
  }

  private static FileDescriptor descriptorOf(Class<?> outer) {
    try {
      return (FileDescriptor) outer.getMethod("getDescriptor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(outer + " describes no file", e);
    }
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
