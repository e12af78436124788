package io.github.datasphere.emulator.grpc.behaviour;

import static java.util.stream.Collectors.toSet;

import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.ReflectionSupport;

/** What the tests of this package say about the calls of the API. */
final class Behaviours {
  /** All services of the API, in the order that users care for them. */
  static final List<ServiceDescriptor> SERVICES = List.of(
      ProjectJobServiceGrpc.getServiceDescriptor(),
      OperationServiceGrpc.getServiceDescriptor(),
      ProjectServiceGrpc.getServiceDescriptor(),
      IamTokenServiceGrpc.getServiceDescriptor(),
      ApiEndpointServiceGrpc.getServiceDescriptor());

  /** What has nothing to do with jobs, and is answered with UNIMPLEMENTED. */
  static final Set<String> UNSUPPORTED = Stream.of(
          "Update",
          "Delete",
          "Open",
          "GetUnitBalance",
          "SetUnitBalance",
          "Execute",
          "ListAccessBindings",
          "SetAccessBindings",
          "UpdateAccessBindings",
          "AddResource",
          "RemoveResource",
          "ResizeDisk",
          "GetRestrictionsMeta",
          "GetRestrictions",
          "SetRestrictions")
      .map("ProjectService/"::concat)
      .collect(toSet());

  private Behaviours() {}

  /** One test of one behaviour. */
  record Behaviour(String rpc, Evidence evidence, String test) {}

  /** Every call as {@code Service/Method}, without the package of the service. */
  static List<String> rpcs(ServiceDescriptor service) {
    return service.getMethods().stream().map(Behaviours::rpc).toList();
  }

  static String rpc(MethodDescriptor<?, ?> method) {
    var name = method.getFullMethodName();
    return name.substring(name.lastIndexOf('.', name.indexOf('/')) + 1);
  }

  static List<Behaviour> all() {
    return classes()
        .flatMap(type -> tests(type)
            .filter(test -> test.isAnnotationPresent(Evidence.class))
            .map(test -> new Behaviour(
                type.getAnnotation(Rpc.class).value(),
                test.getAnnotation(Evidence.class),
                type.getSimpleName() + "." + test.getName())))
        .toList();
  }

  /** Test methods without a mark. */
  static List<String> unmarked() {
    return classes()
        .flatMap(Behaviours::tests)
        .filter(test -> !test.isAnnotationPresent(Evidence.class))
        .map(Method::toString)
        .toList();
  }

  private static Stream<Class<?>> classes() {
    return ReflectionSupport.findAllClassesInPackage(
        Behaviours.class.getPackageName(),
        type -> type.isAnnotationPresent(Rpc.class),
        name -> true)
        .stream();
  }

  private static Stream<Method> tests(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class)
            || method.isAnnotationPresent(ParameterizedTest.class));
  }
}
