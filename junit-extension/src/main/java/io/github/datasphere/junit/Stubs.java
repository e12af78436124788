package io.github.datasphere.junit;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** Makes stubs of whatever generated class a test asks for. */
final class Stubs {
  private static final String API = "yandex.cloud.";

  private Stubs() {}

  /** Whether this is a stub of one of the API's services, of our classes or the official ones. */
  static boolean isStub(Class<?> type) {
    return AbstractStub.class.isAssignableFrom(type) && factory(type).isPresent();
  }

  /** Makes a stub that sends this token with each call. */
  static AbstractStub<?> make(Class<?> type, Channel channel, String token) {
    var factory = factory(type).orElseThrow();
    try {
      var stub = (AbstractStub<?>) factory.invoke(null, channel);
      return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a stub " + type.getName() + " cannot be made", e);
    }
  }

  private static Metadata headers(String token) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  /** Finds the factory method, such as {@code ProjectJobServiceGrpc.newBlockingStub(Channel)}. */
  private static Optional<Method> factory(Class<?> stub) {
    var service = stub.getEnclosingClass();
    if (service == null || !service.getSimpleName().endsWith("Grpc") || !isOfApi(service)) {
      return Optional.empty();
    }
    return Arrays.stream(service.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == stub)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Channel.class}))
        .findFirst();
  }

  private static boolean isOfApi(Class<?> service) {
    try {
      return String.valueOf(service.getField("SERVICE_NAME").get(null)).startsWith(API);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
