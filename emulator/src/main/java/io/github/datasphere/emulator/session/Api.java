package io.github.datasphere.emulator.session;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.ErrorDetailsProto;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls and messages of the service that our protos know. Immutable. */
public final class Api {
  private static final String JOBS = ProjectJobServiceGrpc.SERVICE_NAME + "/";

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Map<String, Descriptor> types = new LinkedHashMap<>();

  /**
   * A call of the API.
   *
   * @param name such as {@code yandex.cloud.operation.OperationService/Get}
   * @param request an empty request
   * @param reply an empty reply
   */
  public record Call(String name, Message request, Message reply, boolean isStream) {
    /** Whether it changes nothing, so that it may be asked as often as one likes. */
    public boolean isRead() {
      var method = bareName();
      return method.startsWith("Get")
          || method.startsWith("List")
          || method.startsWith("Read")
          || method.equals("DownloadJobFiles");
    }

    /** Returns the name without its service, such as {@code Get}. */
    public String bareName() {
      return name.substring(name.indexOf('/') + 1);
    }

    /** Returns the short name for messages, such as {@code OperationService.Get}. */
    public String shortName() {
      return name.substring(name.lastIndexOf('.', name.indexOf('/')) + 1).replace('/', '.');
    }
  }

  public Api() {
    services().flatMap(service -> service.getMethods().stream()).forEach(this::add);
    addTypes(ErrorDetailsProto.getDescriptor());
  }

  /** Returns the official host of a call, whether our protos know it or not. */
  public static String hostOf(String method) {
    if (method.contains("OperationService")) {
      return "operation.api.cloud.yandex.net";
    }
    return method.contains(".iam.")
        ? "iam.api.cloud.yandex.net"
        : method.contains(".endpoint.")
            ? "api.cloud.yandex.net"
            : "datasphere.api.cloud.yandex.net";
  }

  /** Returns the call of this full name; empty if our protos do not know it. */
  public Optional<Call> call(String name) {
    return Optional.ofNullable(calls.get(name));
  }

  /** Returns a call of the jobs' service by its bare name, such as {@code Create}. */
  public Call job(String bareName) {
    return call(JOBS + bareName)
        .orElseThrow(() -> new IllegalArgumentException("there is no call " + bareName));
  }

  public Collection<Call> calls() {
    return List.copyOf(calls.values());
  }

  /** Returns the message type of this full name; empty if our protos do not know it. */
  public Optional<Descriptor> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** Returns every message type that a call may carry. */
  public Collection<Descriptor> types() {
    return List.copyOf(types.values());
  }

  /**
   * Returns a description of the service of this name that has these methods, with its proto, so
   * that clients can ask a server for it.
   *
   * @throws IllegalArgumentException if our protos do not know it
   */
  public ServiceDescriptor service(String name, Collection<MethodDescriptor<?, ?>> methods) {
    var known = services()
        .filter(service -> service.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no service " + name));
    var made = ServiceDescriptor.newBuilder(name).setSchemaDescriptor(known.getSchemaDescriptor());
    methods.forEach(made::addMethod);
    return made.build();
  }

  private static Stream<ServiceDescriptor> services() {
    return Stream.of(
        ProjectJobServiceGrpc.getServiceDescriptor(),
        OperationServiceGrpc.getServiceDescriptor(),
        ProjectServiceGrpc.getServiceDescriptor(),
        IamTokenServiceGrpc.getServiceDescriptor(),
        ApiEndpointServiceGrpc.getServiceDescriptor());
  }

  private void add(MethodDescriptor<?, ?> method) {
    var request = prototype(method.getRequestMarshaller());
    var reply = prototype(method.getResponseMarshaller());
    var name = method.getFullMethodName();
    calls.put(
        name, new Call(name, request, reply, method.getType() == MethodType.SERVER_STREAMING));
    addTypes(request.getDescriptorForType().getFile());
    addTypes(reply.getDescriptorForType().getFile());
  }

  private static Message prototype(Marshaller<?> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<?> known
        && known.getMessagePrototype() instanceof Message message) {
      return message;
    }
    throw new IllegalStateException("a method of the API has no message");
  }

  private void addTypes(FileDescriptor file) {
    file.getMessageTypes().forEach(this::addType);
    file.getDependencies().forEach(this::addTypes);
  }

  private void addType(Descriptor type) {
    if (!type.getOptions().getMapEntry() && types.put(type.getFullName(), type) == null) {
      type.getNestedTypes().forEach(this::addType);
    }
  }
}
