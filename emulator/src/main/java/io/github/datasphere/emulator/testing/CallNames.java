package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.toCollection;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks the bare names of calls. With a misspelled name a fault would never happen, and "was never
 * called" would always be true.
 */
final class CallNames {
  /** Loaded one by one, since most names are in the first. */
  private static final List<Supplier<ServiceDescriptor>> SERVICES = List.of(
      ProjectJobServiceGrpc::getServiceDescriptor,
      OperationServiceGrpc::getServiceDescriptor,
      ProjectServiceGrpc::getServiceDescriptor,
      IamTokenServiceGrpc::getServiceDescriptor,
      ApiEndpointServiceGrpc::getServiceDescriptor);

  private CallNames() {}

  /**
   * Returns the name itself.
   *
   * @throws IllegalArgumentException if no service has such a call
   */
  static String checked(String name) {
    if (SERVICES.stream().noneMatch(service -> names(service).anyMatch(name::equals))) {
      var all = SERVICES.stream().flatMap(CallNames::names).collect(toCollection(TreeSet::new));
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          "there is no call '" + name + "': take the bare name of one of " + all));
    }
    return name;
  }

  /**
   * Does nothing if a call of this name takes such a request.
   *
   * @param type {@link Message} for any
   * @throws IllegalArgumentException if there is none
   */
  static void check(String name, Class<? extends Message> type) {
    if (type == Message.class) {
      return;
    }
    var taken = requests(name).map(Descriptor::getFullName).collect(toCollection(TreeSet::new));
    if (!taken.contains(RequestTypes.nameOf(type))) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          "no call '" + name + "' takes a " + RequestTypes.nameOf(type) + ", but " + taken));
    }
  }

  /**
   * Does nothing if a call of this name has such a field in its request.
   *
   * @throws IllegalArgumentException if none has
   */
  static void checkField(String name, String field) {
    var fields = requests(name)
        .flatMap(request -> request.getFields().stream())
        .map(FieldDescriptor::getName)
        .collect(toCollection(TreeSet::new));
    if (!fields.contains(field)) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          "no request of '" + name + "' has a field '" + field + "', but " + fields));
    }
  }

  /** Whether a call of this name answers with an operation. */
  static boolean givesOperation(String name) {
    return types(name, MethodDescriptor::getResponseMarshaller)
        .anyMatch(Operation.getDescriptor()::equals);
  }

  private static Stream<Descriptor> requests(String name) {
    return types(name, MethodDescriptor::getRequestMarshaller);
  }

  private static Stream<Descriptor> types(
      String name, Function<MethodDescriptor<?, ?>, Marshaller<?>> marshallerOf) {
    var call = checked(name);
    return SERVICES.stream()
        .flatMap(service -> service.get().getMethods().stream())
        .filter(method -> call.equals(method.getBareMethodName()))
        .map(marshallerOf)
        .filter(PrototypeMarshaller.class::isInstance)
        .map(marshaller -> ((PrototypeMarshaller<?>) marshaller).getMessagePrototype())
        .filter(Message.class::isInstance)
        .map(prototype -> ((Message) prototype).getDescriptorForType());
  }

  private static Stream<String> names(Supplier<ServiceDescriptor> service) {
    return service.get().getMethods().stream()
        .map(method -> String.valueOf(method.getBareMethodName()));
  }
}
